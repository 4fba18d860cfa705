using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Sampan.Cluster.Host;

/// <summary>Which of the host's addresses a node is known by.</summary>
public static class NodeAddresses
{
    /// <summary>
    /// The address from which the host would reach the outside; without a default route, the first that is not loopback.
    /// </summary>
    /// <exception cref="HostException">The host has only loopback addresses.</exception>
    public static IPAddress Primary() =>
        SourceOfDefaultRoute() ?? All().FirstOrDefault()
        ?? throw new HostException("this host has no network address besides loopback; give it one, or name one with --node-ip");

    /// <summary>The first IPv6 address by which others may reach the host; null when it has none.</summary>
    public static IPAddress? PrimaryV6() => Of(AddressFamily.InterNetworkV6).FirstOrDefault(a => !a.IsIPv6LinkLocal && !a.IsIPv6Multicast);

    /// <summary>All IPv4 addresses of interfaces that are up, loopback and our own bridge left out.</summary>
    public static IEnumerable<IPAddress> All() => Of(AddressFamily.InterNetwork);

    private static IEnumerable<NetworkInterface> WithAddress(IPAddress address) =>
        NetworkInterface.GetAllNetworkInterfaces().Where(n => n.GetIPProperties().UnicastAddresses.Any(a => a.Address.Equals(address)));

    private static IEnumerable<IPAddress> Of(AddressFamily family) =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
        where !network.Name.StartsWith("sampan", StringComparison.Ordinal) && !network.Name.StartsWith("veth", StringComparison.Ordinal)
        from address in network.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == family && !IPAddress.IsLoopback(address.Address)
        select address.Address;

    public static bool IsOfThisHost(IPAddress address) => WithAddress(address).Any();

    /// <summary>The largest packet that the interface with the address takes; null when no interface has it.</summary>
    public static int? MtuOf(IPAddress address) => WithAddress(address)
        .Select(n => n.GetIPProperties().GetIPv4Properties()?.Mtu).FirstOrDefault(mtu => mtu > 0);

    // Connecting a UDP socket sends nothing: it only asks the kernel for the route.
    private static IPAddress? SourceOfDefaultRoute()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPAddress([198, 51, 100, 1]), 9);
            return (socket.LocalEndPoint as IPEndPoint)?.Address is { } address && !IPAddress.IsLoopback(address) ? address : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
