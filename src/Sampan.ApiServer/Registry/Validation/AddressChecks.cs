using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of IP addresses and networks, as strict as Go's parsers. Upstream: apimachinery/pkg/util/validation/ip.go.</summary>
internal static class AddressChecks
{
    private const string NoAddress = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private const string NoNetwork = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    /// <summary>An address in any spelling that means one thing only, or an ambiguous one that an update only keeps.</summary>
    public static void Address(FieldPath path, string text, FieldErrors errors, IReadOnlyCollection<string>? old = null)
    {
        if (ComplaintAboutAddress(text, canonical: false) is { } complaint && (complaint == NoAddress || old?.Contains(text) != true))
        {
            errors.Invalid(path, text, complaint);
        }
    }

    public static void Network(FieldPath path, string text, FieldErrors errors, IReadOnlyCollection<string>? old = null)
    {
        if (ComplaintAboutNetwork(text, canonical: false) is { } complaint && (complaint == NoNetwork || old?.Contains(text) != true))
        {
            errors.Invalid(path, text, complaint);
        }
    }

    /// <summary>An address that an endpoint can have.</summary>
    public static void EndpointAddress(FieldPath path, string text, FieldErrors errors)
    {
        if (!TryParse(text, out var parsed, out _))
        {
            errors.Invalid(path, text, "must be a valid IP address");
            return;
        }
        var address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            errors.Invalid(path, text, $"may not be unspecified ({text})");
        }
        else if (IPAddress.IsLoopback(address))
        {
            errors.Invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        else if (address.IsIPv6LinkLocal || IPNetwork.Parse("169.254.0.0/16").Contains(address))
        {
            errors.Invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        else if (IPNetwork.Parse("224.0.0.0/24").Contains(address) || IsLinkLocalMulticast(address.GetAddressBytes()))
        {
            errors.Invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /// <summary>Of IPv6, whatever its flags: ff02::1, ff12::1.</summary>
    private static bool IsLinkLocalMulticast(byte[] bytes) => bytes is [0xff, var scope, ..] && bytes.Length == 16 && (scope & 0xf) == 2;

    public static string? ComplaintAboutAddress(string text, bool canonical)
    {
        if (!TryParse(text, out var address, out var leadingZeros))
        {
            return NoAddress;
        }
        if (leadingZeros)
        {
            return "must not have leading 0s";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return "must not be an IPv4-mapped IPv6 address";
        }
        return canonical && address.ToString() != text ? $"must be in canonical form ({GoText.Quote(address.ToString())})" : null;
    }

    public static string? ComplaintAboutNetwork(string text, bool canonical)
    {
        if (!TryParseNetwork(text, out var address, out var length, out var leadingZeros))
        {
            return NoNetwork;
        }
        if (leadingZeros)
        {
            return "must not have leading 0s in IP or prefix length";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return "must not have an IPv4-mapped IPv6 address";
        }
        var first = FirstOf(address, length);
        if (!first.Equals(address))
        {
            return "must not have bits set beyond the prefix length";
        }
        var shown = $"{first}/{length}";
        return canonical && shown != text ? $"must be in canonical form ({GoText.Quote(shown)})" : null;
    }

    /// <summary>The network, whatever bits stand beyond its prefix; null when it is none.</summary>
    public static IPNetwork? NetworkOf(string text) =>
        TryParseNetwork(text, out var address, out var length, out _) ? new IPNetwork(FirstOf(address, length), length) : null;

    public static bool TryParse(string text, out IPAddress address, out bool leadingZeros)
    {
        leadingZeros = false;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            address = IPAddress.None;
            return !text.AsSpan().ContainsAny("%[]/") && IPAddress.TryParse(text, out address!) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }
        var parts = text.Split('.');
        var bytes = new byte[4];
        address = IPAddress.None;
        if (parts.Length != bytes.Length)
        {
            return false;
        }
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
            leadingZeros |= parts[i].Length > 1 && parts[i][0] == '0';
        }
        address = new IPAddress(bytes);
        return true;
    }

    private static bool TryParseNetwork(string text, out IPAddress address, out int length, out bool leadingZeros)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        (address, length, leadingZeros) = (IPAddress.None, 0, false);
        if (slash < 0 || !TryParse(text[..slash], out address, out leadingZeros))
        {
            return false;
        }
        var digits = text[(slash + 1)..];
        leadingZeros |= digits.Length > 1 && digits[0] == '0';
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length)
            && length <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
    }

    private static IPAddress FirstOf(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - bits));
        }
        return new IPAddress(bytes);
    }
}
