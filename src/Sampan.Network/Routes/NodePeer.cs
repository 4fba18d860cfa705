using System.Net;
using System.Net.Sockets;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Network.Routes;

/// <summary>A node as the others see it: its pods' addresses, and where it is reached.</summary>
internal sealed record NodePeer(string PodCidr, string Address)
{
    /// <summary>The node's own address within the tunnel: the first of its pods' range, which no pod has.</summary>
    public string TunnelAddress => IPNetwork.Parse(PodCidr).BaseAddress.ToString();

    /// <summary>Follows from the tunnel's address, so that nobody needs to announce it.</summary>
    public string TunnelHardwareAddress =>
        string.Join(':', IPNetwork.Parse(PodCidr).BaseAddress.GetAddressBytes().Prepend((byte)0x59).Prepend((byte)0x0a).Select(b => $"{b:x2}"));

    /// <summary>Null while the node has no pod addresses or no address of its own.</summary>
    public static NodePeer? Of(Node node)
    {
        string? address = node.Status?.Addresses.OrEmpty().FirstOrDefault(a => a.Type == "InternalIP" && IsV4(a.Address))?.Address;
        return address is not null && IPNetwork.TryParse(node.Spec?.PodCIDR ?? "", out var cidr) && cidr.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? new NodePeer(cidr.ToString(), address)
            : null;
    }

    private static bool IsV4(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork;
}
