using System.Collections.Immutable;

namespace Sampan.Kubelet.Claims;

/// <summary>A claim that drivers were asked for, and the pods of this node that use it.</summary>
/// <param name="Drivers">Those that have to give it back.</param>
/// <param name="Devices">What the drivers made ready; empty until all have answered.</param>
internal sealed record PreparedClaim(
    string Namespace, string Name, string Uid, ImmutableHashSet<string> Pods, ImmutableList<string> Drivers, ImmutableList<PreparedDevice> Devices, bool IsPrepared)
{
    /// <summary>A driver is told of a claim by these.</summary>
    public V1.Claim ForDriver() => new() { Namespace = Namespace, Name = Name, Uid = Uid };

    /// <summary>With what one driver has made ready now, in the place of what it had before.</summary>
    public PreparedClaim With(string driver, IEnumerable<PreparedDevice> devices) => this with { Devices = Devices.RemoveAll(d => d.Driver == driver).AddRange(devices) };
}
