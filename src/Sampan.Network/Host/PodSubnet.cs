using System.Net;
using System.Net.Sockets;

namespace Sampan.Network.Host;

/// <summary>What follows from the addresses of a node's pods: 10.244.3.0/24 → gateway 10.244.3.1.</summary>
internal sealed record PodSubnet(string Gateway, int PrefixLength, string HardwareAddress)
{
    public static PodSubnet Parse(string cidr)
    {
        if (!IPNetwork.TryParse(cidr, out var network)
            || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork || network.PrefixLength > 30)
        {
            throw new ArgumentException($"\"{cidr}\" is no IPv4 network for pods: one such as 10.244.0.0/24 is needed.");
        }

        byte[] bytes = network.BaseAddress.GetAddressBytes();
        bytes[3] |= 1;
        string hardware = string.Join(':', bytes.Prepend((byte)0x58).Prepend((byte)0x0a).Select(b => $"{b:x2}"));
        return new PodSubnet(new IPAddress(bytes).ToString(), network.PrefixLength, hardware);
    }
}
