using System.Globalization;
using System.Net;

namespace Sampan.Proxy.Model;

/// <summary>Reads CIDRs as the API allows them: with or without bits behind the prefix, or a bare address.</summary>
internal static class Cidr
{
    public static IPNetwork? Parse(string? text)
    {
        string[] parts = (text ?? "").Trim().Split('/');
        if (AddressText.Parse(parts[0]) is not { } address) return null;
        byte[] bytes = address.GetAddressBytes();
        int bits = bytes.Length * 8;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits))) return null;
        return bits < 0 || bits > bytes.Length * 8 ? null : new IPNetwork(Masked(bytes, bits), bits);
    }

    private static IPAddress Masked(byte[] bytes, int bits)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
