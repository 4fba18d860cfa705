using System.Globalization;
using System.Numerics;

namespace Sampan.Api;

/// <summary>Writes the canonical form of a quantity: no fraction, and the largest suffix that allows it.</summary>
internal static class QuantityFormatter
{
    private const int LargestDecimalSuffix = 18;

    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    public static string Format(Quantity value)
    {
        if (value.IsZero)
        {
            return "0";
        }

        if (value.SmallUnscaled is { } small && FormatSmall(small, value.Exponent, value.Format) is { } text)
        {
            return text;
        }

        return value.Format switch
        {
            QuantityFormat.BinarySI when IsBinary(value, out BigInteger whole) => FormatBinary(whole),
            QuantityFormat.DecimalExponent => FormatDecimal(value, exponential: true),
            _ => FormatDecimal(value, exponential: false),
        };
    }

    /// <summary>The number with factors of <paramref name="factor"/> taken out, at most <paramref name="most"/> of them.</summary>
    public static BigInteger WithoutFactors(BigInteger number, int factor, int most, out int removed)
    {
        removed = 0;
        while (removed < most && !number.IsZero)
        {
            BigInteger quotient = BigInteger.DivRem(number, factor, out BigInteger rest);
            if (!rest.IsZero)
            {
                break;
            }

            number = quotient;
            removed++;
        }

        return number;
    }

    // The common amounts, without big numbers; null for the others.
    private static string? FormatSmall(long number, int exponent, QuantityFormat format)
    {
        if (format == QuantityFormat.BinarySI)
        {
            return exponent == 0 && (number >= 1024 || number <= -1024) ? FormatSmallBinary(number) : null;
        }

        while (number % 10 == 0)
        {
            number /= 10;
            exponent++;
        }

        for (; exponent % 3 != 0 && number is < long.MaxValue / 100 and > long.MinValue / 100; exponent--)
        {
            number *= 10;
        }

        bool exponential = format == QuantityFormat.DecimalExponent;
        return exponent % 3 != 0 || (!exponential && exponent > LargestDecimalSuffix)
            ? null
            : number.ToString(CultureInfo.InvariantCulture) + (exponential ? ExponentSuffix(exponent) : DecimalSuffix(exponent));
    }

    private static string FormatSmallBinary(long number)
    {
        int removed = 0;
        for (; removed < BinarySuffixes.Length - 1 && number % 1024 == 0; removed++)
        {
            number /= 1024;
        }

        return number.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[removed];
    }

    // Small binary amounts and fractions are clearer, and exact, in decimal.
    private static bool IsBinary(Quantity value, out BigInteger whole)
    {
        whole = value.Rounded(0, out bool exact);
        return exact && BigInteger.Abs(whole) >= 1024;
    }

    private static string FormatBinary(BigInteger whole)
    {
        BigInteger number = WithoutFactors(whole, 1024, BinarySuffixes.Length - 1, out int removed);
        return number.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[removed];
    }

    private static string FormatDecimal(Quantity value, bool exponential)
    {
        BigInteger number = WithoutFactors(value.Unscaled, 10, int.MaxValue, out int removed);
        int exponent = value.Exponent + removed;
        int target = exponent - (((exponent % 3) + 3) % 3);
        target = exponential ? target : Math.Min(target, LargestDecimalSuffix);
        number *= BigInteger.Pow(10, exponent - target);
        string suffix = exponential ? ExponentSuffix(target) : DecimalSuffix(target);
        return number.ToString(CultureInfo.InvariantCulture) + suffix;
    }

    private static string ExponentSuffix(int exponent) =>
        exponent == 0 ? "" : "e" + exponent.ToString(CultureInfo.InvariantCulture);

    private static string DecimalSuffix(int exponent) => exponent switch
    {
        -9 => "n",
        -6 => "u",
        -3 => "m",
        0 => "",
        3 => "k",
        6 => "M",
        9 => "G",
        12 => "T",
        15 => "P",
        18 => "E",
        _ => ExponentSuffix(exponent),
    };
}
