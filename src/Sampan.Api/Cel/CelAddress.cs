using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Sampan.Api.Cel;

/// <summary>IP addresses as expressions take them: four decimal numbers, or IPv6 without a zone and not of an IPv4 address.</summary>
internal static class CelAddress
{
    private const int Ipv4Parts = 4;

    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address) => WhyNot(text, out address) is null;

    /// <summary>Why the text is no address that expressions take; null when it is one.</summary>
    public static string? WhyNot(string text, out IPAddress? address)
    {
        address = null;
        if (text.Contains('%', StringComparison.Ordinal)) return $"IP address \"{text}\" with zone value is not allowed";
        if (!TryRead(text, out address)) return $"IP Address \"{text}\" parse error during conversion from string: ParseAddr(\"{text}\"): unable to parse IP";
        return address.IsIPv4MappedToIPv6 ? $"IPv4-mapped IPv6 address \"{text}\" is not allowed" : null;
    }

    /// <summary>The form that RFC 5952 gives an address.</summary>
    public static string Text(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : Ipv6Text(address.GetAddressBytes());

    public static bool IsLinkLocalMulticast(IPAddress address) => address.GetAddressBytes() switch
    {
        [224, 0, 0, _] => true,
        { Length: 16 } bytes => bytes[0] == 0xff && (bytes[1] & 0x0f) == 2,
        _ => false,
    };

    public static bool IsLinkLocalUnicast(IPAddress address) => address.GetAddressBytes() switch
    {
        [169, 254, _, _] => true,
        { Length: 16 } bytes => bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80,
        _ => false,
    };

    public static bool IsUnspecified(IPAddress address) => address.GetAddressBytes().AsSpan().IndexOfAnyExcept((byte)0) < 0;

    public static bool IsGlobalUnicast(IPAddress address) =>
        !IsUnspecified(address) && !IPAddress.IsLoopback(address) && !IsMulticast(address) && !IsLinkLocalUnicast(address) && !address.Equals(IPAddress.Broadcast);

    private static bool IsMulticast(IPAddress address) => address.GetAddressBytes() is var bytes && (bytes.Length == 16 ? bytes[0] == 0xff : bytes[0] >> 4 == 14);

    private static bool TryRead(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (!text.Contains(':', StringComparison.Ordinal)) return IsIpv4(text) && IPAddress.TryParse(text, out address);
        return text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') && IPAddress.TryParse(text, out address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool IsIpv4(string text) => text.Split('.') is { Length: Ipv4Parts } parts
        && Array.TrueForAll(parts, part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'));

    // The longest run of at least two zero groups, the first of equal ones, becomes "::".
    private static string Ipv6Text(byte[] bytes)
    {
        var groups = Enumerable.Range(0, 8).Select(i => (bytes[i * 2] << 8) | bytes[(i * 2) + 1]).ToArray();
        var (start, length) = (-1, 1);
        for (var i = 0; i < groups.Length; i++)
        {
            var zeros = groups.Skip(i).TakeWhile(group => group == 0).Count();
            if (zeros > length) (start, length) = (i, zeros);
        }
        static string Join(IEnumerable<int> part) => string.Join(':', part.Select(group => group.ToString("x", System.Globalization.CultureInfo.InvariantCulture)));
        return start < 0 ? Join(groups) : $"{Join(groups.Take(start))}::{Join(groups.Skip(start + length))}";
    }
}
