using System.Net;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// The addresses of a node whose provider knows some: the kubelet's host name stays, and of each type the address comes first that the
/// kubelet was told to be reached by.
/// </summary>
internal static class MachineAddresses
{
    public const string Provided = "alpha.kubernetes.io/provided-node-ip";

    /// <exception cref="InvalidOperationException">The provider does not know the address that the kubelet was told.</exception>
    public static List<NodeAddress> Of(Node node, IReadOnlyList<NodeAddress> machine)
    {
        if (machine.Count == 0) return [];
        var addresses = machine.ToList();
        if (!addresses.Exists(a => a.Type == "Hostname")) addresses.AddRange(node.Status.Addresses.OrEmpty().Where(a => a.Type == "Hostname"));
        if (node.Metadata.Annotations?.GetValueOrDefault(Provided) is not { } text) return addresses;
        foreach (var preferred in text.Split(',').Reverse()) addresses = First(addresses, Parse(node, preferred));
        return addresses;
    }

    public static bool AreSame(List<NodeAddress> wanted, List<NodeAddress>? known) =>
        wanted.Count == known.OrEmpty().Count && wanted.Zip(known.OrEmpty()).All(p => p.First.Type == p.Second.Type && p.First.Address == p.Second.Address);

    private static IPAddress Parse(Node node, string text) => IPAddress.TryParse(text.Trim(), out var address)
        ? address
        : throw new InvalidOperationException($"provided node ip for node \"{node.Metadata.Name}\" is not valid: failed to parse node IP \"{text}\"");

    private static List<NodeAddress> First(List<NodeAddress> addresses, IPAddress preferred)
    {
        var types = addresses.Where(Is).Select(a => a.Type).ToHashSet();
        return types.Count > 0
            ? [.. addresses.OrderBy(a => types.Contains(a.Type) && Is(a) ? 0 : types.Contains(a.Type) ? 1 : 2)]
            : throw new InvalidOperationException($"failed to get node address from cloud provider that matches ip: {preferred}");

        bool Is(NodeAddress address) => IPAddress.TryParse(address.Address, out var ip) && ip.Equals(preferred);
    }
}
