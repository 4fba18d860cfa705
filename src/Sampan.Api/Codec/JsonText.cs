using System.Text;
using System.Text.Unicode;

namespace Sampan.Api.Codec;

/// <summary>Makes texts readable that Go reads: bytes that are no UTF-8 and halves of surrogate pairs become U+FFFD.</summary>
public static class JsonText
{
    private static ReadOnlySpan<byte> Replacement => "fffd"u8;

    /// <summary>The text itself when nothing is wrong with it, which is the usual case and costs one look.</summary>
    public static ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        }

        return json.IndexOf("\\u"u8) < 0 ? json : RepairEscapes(json);
    }

    private static ReadOnlySpan<byte> RepairEscapes(ReadOnlySpan<byte> json)
    {
        byte[]? repaired = null;
        for (int i = 0; i + 5 < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                continue;
            }

            if (json[i + 1] != 'u' || Surrogate(json[i..]) is not { } half)
            {
                i++;
            }
            else if (char.IsHighSurrogate(half) && Surrogate(json[(i + 6)..]) is { } second && char.IsLowSurrogate(second))
            {
                i += 11;
            }
            else
            {
                repaired ??= json.ToArray();
                Replacement.CopyTo(repaired.AsSpan(i + 2));
                i += 5;
            }
        }

        return repaired ?? json;
    }

    /// <summary>The half of a pair that an escape at the start stands for; null for anything else.</summary>
    private static char? Surrogate(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && text[2] is (byte)'d' or (byte)'D'
        && Digit(text[3]) is { } a and >= 8 && Digit(text[4]) is { } b && Digit(text[5]) is { } c
            ? (char)(0xD000 | (a << 8) | (b << 4) | c)
            : null;

    private static int? Digit(byte character) => char.IsAsciiHexDigit((char)character) ? Convert.ToInt32(((char)character).ToString(), 16) : null;
}
