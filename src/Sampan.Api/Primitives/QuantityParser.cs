using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Sampan.Api;

/// <summary>Reads the text form of a quantity: sign, digits with an optional point, suffix.</summary>
internal static class QuantityParser
{
    public const string WrongFormat =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string WrongNumber = "unable to parse numeric part of quantity";
    private const string WrongSuffix = "unable to parse quantity's suffix";
    private const int SmallestExponent = -9;

    // A longer text is no quantity anybody means, and arithmetic on its value would take long.
    private const int LongestText = 512;
    private const int LargestExponent = 512;

    // As many digits fit in 64 bits whatever they are.
    private const int LongDigits = 18;

    private static readonly SearchValues<char> SuffixLetters = SearchValues.Create("eEinumkKMGTP");

    public static Quantity Parse(string text)
    {
        string? error = TryParse(text, out Quantity value);
        return error is null ? value : throw new QuantityFormatException(error);
    }

    /// <summary>Null when the text is a quantity, else what is wrong with it.</summary>
    public static string? TryParse(ReadOnlySpan<char> text, out Quantity value)
    {
        value = default;
        if (text.IsEmpty || text.Length > LongestText)
        {
            return WrongFormat;
        }

        bool negative = text[0] == '-';
        ReadOnlySpan<char> rest = text[0] is '-' or '+' ? text[1..] : text;
        ReadOnlySpan<char> whole = TakeDigits(ref rest);
        ReadOnlySpan<char> fraction = default;
        if (rest.Length > 0 && rest[0] == '.')
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (!IsSuffixShaped(rest))
        {
            return WrongFormat;
        }

        return Interpret(rest, out int numberBase, out int exponent, out QuantityFormat format)
            ? Build(negative, whole, fraction, numberBase, exponent, format, out value)
            : WrongSuffix;
    }

    private static string? Build(
        bool negative, ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int numberBase, int exponent, QuantityFormat format, out Quantity value)
    {
        value = default;
        if (whole.IsEmpty && fraction.IsEmpty)
        {
            return WrongNumber;
        }

        BigInteger digits = whole.Length + fraction.Length <= LongDigits
            ? ParseLong(fraction, ParseLong(whole, 0))
            : BigInteger.Parse(string.Concat("0", whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        int scale = -fraction.Length;
        if (numberBase == 2)
        {
            digits <<= exponent;
        }
        else
        {
            scale += exponent;
        }

        if (digits.IsZero)
        {
            value = new Quantity(BigInteger.Zero, 0, format);
            return null;
        }

        value = Bounded(new Quantity(digits, scale, format));
        value = negative ? value.Negate() : value;
        return null;
    }

    private static long ParseLong(ReadOnlySpan<char> digits, long value)
    {
        foreach (char digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    /// <summary>Nothing is finer than a billionth, and no binary amount passes 64 bits: upstream's limits.</summary>
    private static Quantity Bounded(Quantity value)
    {
        Quantity rounded = value.RoundUp(SmallestExponent);
        if (rounded.Format != QuantityFormat.BinarySI)
        {
            return rounded;
        }

        if (rounded.CompareTo(long.MaxValue) > 0)
        {
            return new Quantity(long.MaxValue, QuantityFormat.BinarySI);
        }

        return rounded.CompareTo(1) < 0 ? rounded.WithFormat(QuantityFormat.DecimalSI) : rounded;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = length < 0 ? text : text[..length];
        text = text[digits.Length..];
        return digits;
    }

    private static bool IsSuffixShaped(ReadOnlySpan<char> suffix)
    {
        int letters = suffix.IndexOfAnyExcept(SuffixLetters);
        ReadOnlySpan<char> rest = letters < 0 ? [] : suffix[letters..];
        rest = rest.Length > 0 && rest[0] is '-' or '+' ? rest[1..] : rest;
        return !rest.ContainsAnyExceptInRange('0', '9');
    }

    private static bool Interpret(ReadOnlySpan<char> suffix, out int numberBase, out int exponent, out QuantityFormat format)
    {
        (numberBase, exponent, format) = suffix switch
        {
            "" => (10, 0, QuantityFormat.DecimalSI),
            "n" => (10, -9, QuantityFormat.DecimalSI),
            "u" => (10, -6, QuantityFormat.DecimalSI),
            "m" => (10, -3, QuantityFormat.DecimalSI),
            "k" => (10, 3, QuantityFormat.DecimalSI),
            "M" => (10, 6, QuantityFormat.DecimalSI),
            "G" => (10, 9, QuantityFormat.DecimalSI),
            "T" => (10, 12, QuantityFormat.DecimalSI),
            "P" => (10, 15, QuantityFormat.DecimalSI),
            "E" => (10, 18, QuantityFormat.DecimalSI),
            "Ki" => (2, 10, QuantityFormat.BinarySI),
            "Mi" => (2, 20, QuantityFormat.BinarySI),
            "Gi" => (2, 30, QuantityFormat.BinarySI),
            "Ti" => (2, 40, QuantityFormat.BinarySI),
            "Pi" => (2, 50, QuantityFormat.BinarySI),
            "Ei" => (2, 60, QuantityFormat.BinarySI),
            _ => (0, 0, QuantityFormat.DecimalExponent),
        };
        return numberBase != 0 || InterpretExponent(suffix, out numberBase, out exponent);
    }

    private static bool InterpretExponent(ReadOnlySpan<char> suffix, out int numberBase, out int exponent)
    {
        numberBase = 10;
        exponent = 0;
        return suffix.Length > 1 && suffix[0] is 'e' or 'E'
            && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && Math.Abs((long)exponent) <= LargestExponent;
    }
}
