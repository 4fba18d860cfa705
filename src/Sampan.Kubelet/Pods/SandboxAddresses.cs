using System.Net;
using System.Net.Sockets;

namespace Sampan.Kubelet.Pods;

/// <summary>The addresses that the network gave to a sandbox.</summary>
internal static class SandboxAddresses
{
    /// <returns>One of each family at the most, whatever the runtime says and in which order; that of the node's own family first.</returns>
    public static IReadOnlyList<string> Of(Cri.PodSandboxStatus? sandbox, NodeFacts node)
    {
        if (sandbox?.Network is not { Ip.Length: > 0 } network)
        {
            return [];
        }

        var first = Parse(node.Addresses.FirstOrDefault() ?? "")?.AddressFamily ?? AddressFamily.InterNetwork;
        return [.. network.AdditionalIps.Select(a => Parse(a.Ip)).Prepend(Parse(network.Ip)).OfType<IPAddress>()
            .DistinctBy(ip => ip.AddressFamily).OrderBy(ip => ip.AddressFamily == first ? 0 : 1).Select(ip => ip.ToString())];
    }

    private static IPAddress? Parse(string ip) => IPAddress.TryParse(ip, out var address) ? address : null;
}
