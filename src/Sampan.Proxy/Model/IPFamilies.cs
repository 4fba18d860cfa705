using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Sampan.Proxy.Model;

/// <summary>What differs between the families in the words of nftables and of the API.</summary>
internal static class IPFamilies
{
    public static IPFamily Of(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? IPFamily.V6 : IPFamily.V4;

    /// <summary>The family of the table, and the protocol of its addresses: <c>ip</c> or <c>ip6</c>.</summary>
    public static string Nft(this IPFamily family) => family == IPFamily.V6 ? "ip6" : "ip";

    public static string AddressType(this IPFamily family) => family == IPFamily.V6 ? "ipv6_addr" : "ipv4_addr";

    /// <summary>The <c>addressType</c> of the EndpointSlices that serve the family.</summary>
    public static string SliceType(this IPFamily family) => family == IPFamily.V6 ? "IPv6" : "IPv4";

    public static string Loopback(this IPFamily family) => family == IPFamily.V6 ? "::1" : "127.0.0.0/8";

    /// <summary>The families that the kernel has.</summary>
    public static ImmutableArray<IPFamily> OfThisHost() => File.Exists("/proc/net/if_inet6") ? [IPFamily.V4, IPFamily.V6] : [IPFamily.V4];
}
