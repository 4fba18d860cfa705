using System.Globalization;
using System.Text;

namespace Sampan.Api;

/// <summary>Go's text form of a duration: signed decimal numbers, each with a unit from ns to h.</summary>
internal static class GoDuration
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    /// <summary>Null when the text is a duration, else Go's complaint.</summary>
    public static string? TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        ReadOnlySpan<char> rest = text;
        bool negative = rest.Length > 0 && rest[0] == '-';
        rest = rest.Length > 0 && rest[0] is '-' or '+' ? rest[1..] : rest;
        if (rest is "0")
        {
            return null;
        }

        UInt128 total = 0;
        do
        {
            if (!TryTakeNumber(ref rest, out ulong whole, out ulong fraction, out ulong scale))
            {
                return $"time: invalid duration {Quote(text)}";
            }

            ReadOnlySpan<char> unit = TakeUnit(ref rest);
            if (UnitLength(unit) is not { } length)
            {
                return unit.IsEmpty ? $"time: missing unit in duration {Quote(text)}"
                    : $"time: unknown unit {Quote(unit.ToString())} in duration {Quote(text)}";
            }

            total += ((UInt128)whole * (ulong)length) + (ulong)(fraction * ((double)length / scale));
            if (total > (UInt128)long.MaxValue + 1)
            {
                return $"time: invalid duration {Quote(text)}";
            }
        }
        while (!rest.IsEmpty);

        return Sign(total, negative, out nanoseconds) ? null : $"time: invalid duration {Quote(text)}";
    }

    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return "0s";
        }

        ulong value = nanoseconds < 0 ? (ulong)-(nanoseconds + 1) + 1 : (ulong)nanoseconds;
        StringBuilder text = new();
        text.Append(nanoseconds < 0 ? "-" : "");
        if (value < (ulong)Second)
        {
            (long unit, string name) = value < (ulong)Microsecond ? (1L, "ns")
                : value < (ulong)Millisecond ? (Microsecond, "µs") : (Millisecond, "ms");
            return AppendDecimal(text, value, (ulong)unit).Append(name).ToString();
        }

        if (value >= (ulong)Hour)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value / (ulong)Hour}h");
        }

        if (value >= (ulong)Minute)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value % (ulong)Hour / (ulong)Minute}m");
        }

        return AppendDecimal(text, value % (ulong)Minute, (ulong)Second).Append('s').ToString();
    }

    private static StringBuilder AppendDecimal(StringBuilder text, ulong value, ulong unit)
    {
        text.Append(CultureInfo.InvariantCulture, $"{value / unit}");
        ulong fraction = value % unit;
        if (fraction != 0)
        {
            int digits = unit switch { 1_000 => 3, 1_000_000 => 6, _ => 9 };
            text.Append('.').Append(fraction.ToString("D" + digits, CultureInfo.InvariantCulture).TrimEnd('0'));
        }

        return text;
    }

    private static bool Sign(UInt128 total, bool negative, out long nanoseconds)
    {
        nanoseconds = negative ? (long)-(Int128)total : total > long.MaxValue ? 0 : (long)total;
        return negative || total <= long.MaxValue;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> text, out ulong whole, out ulong fraction, out ulong scale)
    {
        fraction = 0;
        scale = 1;
        int digits = CountDigits(text);
        bool valid = ulong.TryParse(digits == 0 ? "0" : text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out whole);
        text = text[digits..];
        if (text.Length == 0 || text[0] != '.')
        {
            return valid && digits > 0;
        }

        text = text[1..];
        int fractionDigits = CountDigits(text);
        foreach (char digit in text[..Math.Min(fractionDigits, 18)])
        {
            fraction = (fraction * 10) + (ulong)(digit - '0');
            scale *= 10;
        }

        text = text[fractionDigits..];
        return valid && digits + fractionDigits > 0;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }

    private static ReadOnlySpan<char> TakeUnit(ref ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && text[length] != '.' && !char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        ReadOnlySpan<char> unit = text[..length];
        text = text[length..];
        return unit;
    }

    private static long? UnitLength(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => Microsecond,
        "ms" => Millisecond,
        "s" => Second,
        "m" => Minute,
        "h" => Hour,
        _ => null,
    };

    private static string Quote(string text) => $"\"{text}\"";
}
