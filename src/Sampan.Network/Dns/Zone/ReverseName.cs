using System.Net;
using System.Net.Sockets;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>The names under which addresses are looked up backwards.</summary>
internal static class ReverseName
{
    public static byte[] Of(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        Array.Reverse(bytes);
        return DnsName.Parse(address.AddressFamily == AddressFamily.InterNetwork
            ? $"{string.Join('.', bytes)}.in-addr.arpa"
            : $"{string.Join('.', bytes.SelectMany(b => new[] { $"{b & 15:x}", $"{b >> 4:x}" }))}.ip6.arpa");
    }
}
