using System.Globalization;
using System.Net;

namespace Sampan.Proxy.Model;

/// <summary>
/// Reads addresses as the API has them. Old objects may have leading zeros in IPv4 addresses, which upstream reads as decimal numbers:
/// <c>010.180.0.1</c> is 10.180.0.1, while C libraries and .NET read 8.180.0.1. An IPv4 address in IPv6's form is an IPv4 address.
/// </summary>
internal static class AddressText
{
    public static IPAddress? Parse(string? text)
    {
        if (text is null) return null;
        if (!text.Contains(':', StringComparison.Ordinal)) return V4(text.Split('.'));
        if (!IPAddress.TryParse(text, out var address)) return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static IPAddress? V4(string[] parts)
    {
        if (parts.Length != 4) return null;
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i])) return null;
        }

        return new IPAddress(bytes);
    }
}
