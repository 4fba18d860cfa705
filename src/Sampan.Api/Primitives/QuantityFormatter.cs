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
