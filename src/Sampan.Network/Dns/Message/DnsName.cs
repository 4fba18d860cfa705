using System.Text;

namespace Sampan.Network.Dns.Message;

/// <summary>
/// Names in the form of the wire: each label behind its length, then a zero; <c>web.default</c> is <c>3 w e b 7 d e f a u l t 0</c>.
/// As keys they are lower case. A name has at most 255 bytes, a label at most 63.
/// </summary>
internal static class DnsName
{
    public const int MaxLength = 255;
    private const int MaxLabel = 63;
    private const byte PointerMask = 0xc0;

    /// <summary>Writes a dotted name; null when it is no valid name.</summary>
    public static byte[]? TryParse(string name)
    {
        var bytes = new List<byte>(name.Length + 2);
        foreach (string label in name.TrimEnd('.').Split('.'))
        {
            if (label.Length == 0 && name.Trim('.').Length > 0) return null;
            if (label.Length == 0) continue;
            byte[] text = Encoding.UTF8.GetBytes(label.ToLowerInvariant());
            if (text.Length > MaxLabel) return null;
            bytes.Add((byte)text.Length);
            bytes.AddRange(text);
        }

        bytes.Add(0);
        return bytes.Count > MaxLength ? null : [.. bytes];
    }

    /// <summary>Writes a dotted name that the program itself made.</summary>
    public static byte[] Parse(string name) => TryParse(name) ?? throw new FormatException($"\"{name}\" is no domain name.");

    /// <summary>The dotted form without the last dot, for logs and tests.</summary>
    public static string Format(ReadOnlySpan<byte> wire)
    {
        var text = new StringBuilder();
        for (int at = 0; at < wire.Length && wire[at] is > 0 and <= MaxLabel; at += wire[at] + 1)
        {
            if (text.Length > 0) text.Append('.');
            text.Append(Encoding.UTF8.GetString(wire.Slice(at + 1, Math.Min(wire[at], wire.Length - at - 1))));
        }

        return text.ToString();
    }

    /// <summary>
    /// Copies a question's name in lower case to <paramref name="key"/> (255 bytes) and returns its length; 0 when it is
    /// malformed. Pointers have no place in a question.
    /// </summary>
    public static int ReadKey(ReadOnlySpan<byte> message, int offset, Span<byte> key)
    {
        int length = 0;
        while (true)
        {
            if (offset + length >= message.Length) return 0;
            int label = message[offset + length];
            if (label > MaxLabel || length + label + 1 > MaxLength || offset + length + label >= message.Length) return 0;
            key[length] = (byte)label;
            if (label == 0) return length + 1;
            LowerCase(message.Slice(offset + length + 1, label), key[(length + 1)..]);
            length += label + 1;
        }
    }

    /// <summary>The offset behind a name that may end in a pointer; -1 when it is malformed. Follows no pointer, so cannot loop.</summary>
    public static int Skip(ReadOnlySpan<byte> message, int offset)
    {
        while (offset < message.Length)
        {
            int label = message[offset];
            if (label == 0) return offset + 1;
            if ((label & PointerMask) == PointerMask) return offset + 2 <= message.Length ? offset + 2 : -1;
            if (label > MaxLabel) return -1;
            offset += label + 1;
        }

        return -1;
    }

    /// <summary>A name of a message with its pointers followed; null when malformed. Every pointer must lead backwards, so it ends.</summary>
    public static byte[]? Expand(ReadOnlySpan<byte> message, int offset)
    {
        var name = new List<byte>();
        int limit = message.Length;
        while (offset < limit && name.Count < MaxLength)
        {
            int label = message[offset];
            if ((label & PointerMask) == PointerMask)
            {
                if (offset + 1 >= message.Length) return null;
                int target = ((label & ~PointerMask) << 8) | message[offset + 1];
                if (target >= offset) return null;
                limit = offset;
                offset = target;
                continue;
            }

            if (label > MaxLabel || offset + label >= message.Length) return null;
            name.AddRange(message.Slice(offset, label + 1));
            if (label == 0) return name.Count <= MaxLength ? [.. name] : null;
            offset += label + 1;
        }

        return null;
    }

    /// <summary>Whether a name is the zone or lies in it. Both are keys.</summary>
    public static bool IsIn(ReadOnlySpan<byte> name, ReadOnlySpan<byte> zone)
    {
        while (name.Length > zone.Length) name = name[(name[0] + 1)..];
        return name.SequenceEqual(zone);
    }

    private static void LowerCase(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            byte b = source[i];
            target[i] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }
    }
}
