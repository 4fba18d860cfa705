using System.Globalization;
using System.Net;

namespace Sampan.Api.Cel;

/// <summary>An address with the length of its network's prefix: 10.1.2.3/16.</summary>
internal sealed record CelCidr(IPAddress Address, int Length)
{
    public CelCidr Masked => new(Network(Address, Length), Length);

    /// <summary>Why the text is none; null when it is one.</summary>
    public static string? WhyNot(string text, out CelCidr? cidr)
    {
        cidr = null;
        var slash = text.LastIndexOf('/');
        if (slash < 0) return $"CIDR \"{text}\" parse error during conversion from string: netip.ParsePrefix(\"{text}\"): no '/'";
        if (CelAddress.WhyNot(text[..slash], out var address) is { } problem) return problem.Replace($"\"{text[..slash]}\"", $"\"{text}\"", StringComparison.Ordinal).Replace("IP Address", "CIDR", StringComparison.Ordinal);
        var digits = text[(slash + 1)..];
        var isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && (digits.Length == 1 || digits[0] != '0');
        if (!isNumber) return $"CIDR \"{text}\" parse error during conversion from string: netip.ParsePrefix(\"{text}\"): bad bits after slash: \"{digits}\"";
        if (length > Bits(address!)) return $"CIDR \"{text}\" parse error during conversion from string: netip.ParsePrefix(\"{text}\"): prefix length out of range";
        cidr = new(address!, length);
        return null;
    }

    public bool Contains(IPAddress other) => other.AddressFamily == Address.AddressFamily && Network(other, Length).Equals(Network(Address, Length));

    public bool Contains(CelCidr other) => Length <= other.Length && Contains(other.Address);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CelAddress.Text(Address)}/{Length}");

    private static int Bits(IPAddress address) => address.GetAddressBytes().Length * 8;

    private static IPAddress Network(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xff << Math.Clamp(8 - (length - (i * 8)), 0, 8));
        return new IPAddress(bytes);
    }
}
