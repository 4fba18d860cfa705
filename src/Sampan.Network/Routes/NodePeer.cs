using System.Net;
using System.Net.Sockets;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Network.Routes;

/// <summary>A node as the others see it: its pods' addresses, and where it is reached.</summary>
internal sealed record NodePeer(string PodCidr, string Address)
{
    /// <summary>The IPv6 addresses of its pods; null in a cluster without.</summary>
    public string? PodCidrV6 { get; init; }

    /// <summary>Its own IPv6 address; null when it has none.</summary>
    public string? AddressV6 { get; init; }

    /// <summary>The node's own address within the tunnel: the first of its pods' range, which no pod has.</summary>
    public string TunnelAddress => IPNetwork.Parse(PodCidr).BaseAddress.ToString();

    /// <summary>Follows from the tunnel's address, so that nobody needs to announce it.</summary>
    public string TunnelHardwareAddress => string.Join(':', Hardware.Select(b => $"{b:x2}"));

    /// <summary>The node's IPv6 address within the tunnel: what the hardware address makes of a link's own network (EUI-64).</summary>
    public string TunnelAddressV6 =>
        new IPAddress([0xfe, 0x80, 0, 0, 0, 0, 0, 0, (byte)(Hardware[0] ^ 2), Hardware[1], Hardware[2], 0xff, 0xfe, Hardware[3], Hardware[4], Hardware[5]]).ToString();

    private byte[] Hardware => [0x0a, 0x59, .. IPNetwork.Parse(PodCidr).BaseAddress.GetAddressBytes()];

    /// <summary>Null while the node has no pod addresses or no address of its own.</summary>
    public static NodePeer? Of(Node node)
    {
        var cidrs = node.Spec.PodCIDRs is { Count: > 0 } all ? all : [node.Spec.PodCIDR ?? ""];
        if (AddressOf(node, AddressFamily.InterNetwork) is not { } address || CidrOf(cidrs, AddressFamily.InterNetwork) is not { } cidr) return null;
        return new NodePeer(cidr, address)
        {
            PodCidrV6 = CidrOf(cidrs, AddressFamily.InterNetworkV6), AddressV6 = AddressOf(node, AddressFamily.InterNetworkV6),
        };
    }

    private static string? AddressOf(Node node, AddressFamily family) => node.Status?.Addresses.OrEmpty()
        .FirstOrDefault(a => a.Type == "InternalIP" && IPAddress.TryParse(a.Address, out var address) && address.AddressFamily == family)?.Address;

    private static string? CidrOf(IEnumerable<string> cidrs, AddressFamily family) => cidrs
        .Select(text => IPNetwork.TryParse(text, out var cidr) && cidr.BaseAddress.AddressFamily == family ? cidr.ToString() : null)
        .FirstOrDefault(cidr => cidr is not null);
}
