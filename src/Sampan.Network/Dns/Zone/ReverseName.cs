using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>The names under which addresses are looked up backwards.</summary>
internal static class ReverseName
{
    private const int LabelsOfV4 = 4, LabelsOfV6 = 32;
    private static readonly byte[] V4 = DnsName.Parse("in-addr.arpa"), V6 = DnsName.Parse("ip6.arpa");

    public static byte[] Of(IPAddress address) => Of(address, address.GetAddressBytes().Length * 8);

    /// <summary>The smallest domain of reverse names that holds a network: <c>244.10.in-addr.arpa</c> for 10.244.0.0/16.</summary>
    public static byte[] Of(IPNetwork network) => Of(network.BaseAddress, network.PrefixLength);

    /// <summary>The address that a name stands for; null for a name of another form.</summary>
    /// <param name="name">The name as a key.</param>
    public static IPAddress? TryRead(ReadOnlySpan<byte> name) =>
        DnsName.IsIn(name, V4) ? Read(name[..^V4.Length], LabelsOfV4, 10, 1)
        : DnsName.IsIn(name, V6) ? Read(name[..^V6.Length], LabelsOfV6, 16, 2)
        : null;

    private static byte[] Of(IPAddress address, int bits)
    {
        byte[] bytes = address.GetAddressBytes();
        bool v4 = address.AddressFamily == AddressFamily.InterNetwork;
        var labels = v4
            ? bytes.Select(b => $"{b}").Take(bits / 8)
            : bytes.SelectMany(b => new[] { $"{b >> 4:x}", $"{b & 15:x}" }).Take(bits / 4);
        return DnsName.Parse(string.Join('.', labels.Reverse().Append(v4 ? "in-addr.arpa" : "ip6.arpa")));
    }

    private static IPAddress? Read(ReadOnlySpan<byte> labels, int count, int numberBase, int perByte)
    {
        byte[] bytes = new byte[count / perByte];
        int left = count;
        for (; labels.Length > 0; labels = labels[(labels[0] + 1)..])
        {
            if (--left < 0 || ReadNumber(labels.Slice(1, labels[0]), numberBase) is not { } number) return null;
            bytes[left / perByte] |= (byte)(perByte == 2 && left % 2 == 0 ? number << 4 : number);
        }

        return left == 0 ? new IPAddress(bytes) : null;
    }

    private static byte? ReadNumber(ReadOnlySpan<byte> label, int numberBase) =>
        numberBase == 16
            ? label.Length == 1 && byte.TryParse(label, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte digit) ? digit : null
            : byte.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) ? number : null;
}
