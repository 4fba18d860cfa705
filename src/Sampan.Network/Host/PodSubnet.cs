using System.Net;
using System.Net.Sockets;

namespace Sampan.Network.Host;

/// <summary>What follows from the addresses of a node's pods: 10.244.3.0/24 → gateway 10.244.3.1.</summary>
internal sealed record PodSubnet(string Cidr, string Gateway, int PrefixLength, string HardwareAddress)
{
    public bool IsV6 => Cidr.Contains(':', StringComparison.Ordinal);

    /// <summary>The bridge's own address.</summary>
    public string GatewayCidr => $"{Gateway}/{PrefixLength}";

    /// <summary>Reads one range, or one of each IP family between commas, IPv4 first.</summary>
    public static IReadOnlyList<PodSubnet> ParseAll(string cidrs)
    {
        PodSubnet[] subnets = [.. cidrs.Split(',').Select(Parse)];
        if (subnets[0].IsV6 || subnets.Length > 2 || (subnets.Length == 2 && !subnets[1].IsV6))
            throw new ArgumentException($"\"{cidrs}\": one IPv4 network for pods is needed, and after it at most one IPv6 network.");
        return subnets;
    }

    public static PodSubnet Parse(string cidr)
    {
        if (!IPNetwork.TryParse(cidr, out var network) || Bits(network) - network.PrefixLength < 2)
            throw new ArgumentException($"\"{cidr}\" is no network for pods: one such as 10.244.0.0/24 is needed.");
        byte[] bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1] |= 1;
        return new PodSubnet(network.ToString(), new IPAddress(bytes).ToString(), network.PrefixLength, Hardware(bytes));
    }

    private static int Bits(IPNetwork network) => network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static string Hardware(byte[] address) =>
        string.Join(':', address[^4..].Prepend((byte)0x58).Prepend((byte)0x0a).Select(b => $"{b:x2}"));
}
