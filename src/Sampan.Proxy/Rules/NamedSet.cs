using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>A set that comes and goes with the rules that use it; the specification is in the words of nftables.</summary>
internal sealed record NamedSet(IPFamily Family, string Name, string Spec)
{
    /// <summary>The clients that stick to one endpoint of one frontend, forgotten by the kernel after the time-out.</summary>
    public static NamedSet OfClients(IPFamily family, string name, int seconds) =>
        new(family, name, $"type {family.AddressType()}; flags dynamic, timeout; timeout {seconds}s; size 65535;");
}
