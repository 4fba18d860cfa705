using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Tests.Codec;

namespace Sampan.Api.Tests.Primitives;

public class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0m", "0")]
    [InlineData("0Ki", "0")]
    [InlineData("-0", "0")]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("0.5", "500m")]
    [InlineData(".5", "500m")]
    [InlineData("1.", "1")]
    [InlineData("1.5", "1500m")]
    [InlineData("0.001", "1m")]
    [InlineData("0.0001", "100u")]
    [InlineData("0.1n", "1n")]
    [InlineData("-0.1n", "-1n")]
    [InlineData("1.0000000001", "1000000001n")]
    [InlineData("1000", "1k")]
    [InlineData("1024", "1024")]
    [InlineData("1000000", "1M")]
    [InlineData("1500000", "1500k")]
    [InlineData("128974848", "128974848")]
    [InlineData("129e6", "129e6")]
    [InlineData("129E6", "129e6")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.5e3", "1500")]
    [InlineData("1e1", "10")]
    [InlineData("12e-3", "12e-3")]
    [InlineData("129M", "129M")]
    [InlineData("123Mi", "123Mi")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1536Mi", "1536Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1.1Ki", "1126400m")]
    [InlineData("0.0001Ki", "102400u")]
    [InlineData("8Ei", "9223372036854775807")]
    [InlineData("100E", "100E")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("1e30", "1e30")]
    public void ToString_AnyText_IsCanonical(string text, string canonical) => Assert.Equal(canonical, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1i")]
    [InlineData("1K")]
    [InlineData("1ki")]
    [InlineData("1mi")]
    [InlineData("1e")]
    [InlineData("1e9999999999")]
    [InlineData("1e2147483647")]
    [InlineData("e3")]
    [InlineData("--1")]
    [InlineData("1.1.1")]
    [InlineData("1,5")]
    [InlineData("Ki")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    public void Parse_NoQuantity_Throws(string text) => Assert.Throws<QuantityFormatException>(() => Quantity.Parse(text));

    [Fact]
    public void Parse_WrongShape_NamesThePattern() => Assert.Equal(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        Assert.Throws<QuantityFormatException>(() => Quantity.Parse("1z")).Message);

    [Theory]
    [InlineData("1", 1, 1000)]
    [InlineData("1m", 1, 1)]
    [InlineData("1u", 1, 1)]
    [InlineData("1001m", 2, 1001)]
    [InlineData("-1001m", -2, -1001)]
    [InlineData("1Gi", 1073741824, 1073741824000)]
    [InlineData("100E", long.MaxValue, long.MaxValue)]
    [InlineData("-100E", long.MinValue, long.MinValue)]
    [InlineData("0", 0, 0)]
    public void AsLongAndAsMilli_Fractions_RoundAwayFromZero(string text, long whole, long milli)
    {
        Quantity quantity = Quantity.Parse(text);
        Assert.Equal(whole, quantity.AsLong());
        Assert.Equal(milli, quantity.AsMilli());
    }

    [Theory]
    [InlineData("1Gi", "512Mi", "1536Mi")]
    [InlineData("0", "512Mi", "512Mi")]
    [InlineData("100m", "0.9", "1")]
    [InlineData("9223372036854775807", "1", "9223372036854775808")]
    public void Add_TwoFormats_KeepsTheFirstUnlessZero(string left, string right, string sum) =>
        Assert.Equal(sum, (Quantity.Parse(left) + Quantity.Parse(right)).ToString());

    [Theory]
    [InlineData("1", "1000m", 0)]
    [InlineData("1Ki", "1024", 0)]
    [InlineData("1Ki", "1k", 1)]
    [InlineData("-1", "1m", -1)]
    [InlineData("100E", "100001P", -1)]
    public void CompareTo_DifferentSuffixes_ComparesNumbers(string left, string right, int order) =>
        Assert.Equal(order, Quantity.Parse(left).CompareTo(Quantity.Parse(right)));

    [Fact]
    public void RoundUp_ToMilli_DropsFinerSteps() => Assert.Equal("2m", Quantity.Parse("1001u").RoundUp(-3).ToString());

    [Fact]
    public void AsExactLong_Fraction_IsNull()
    {
        Assert.Null(Quantity.Parse("1500m").AsExactLong());
        Assert.Equal(2000, Quantity.Parse("2k").AsExactLong());
        Assert.Null(Quantity.Parse("10E").AsExactLong());
    }

    [Fact]
    public void ToString_Any_ParsesToTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Quantities), value =>
    {
        string text = value.ToString();
        Quantity again = Quantity.Parse(text);
        return again == value && (again.Format != value.Format || again.ToString() == text);
    }));

    [Fact]
    public void Arithmetic_Any_IsExact() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Quantities), Arb.From(Quantities), (left, right) =>
        Value(left + right) == Value(left) + Value(right)
        && Value(left - right) == Value(left) - Value(right)
        && Value(left * 7) == Value(left) * 7
        && left + right == right + left
        && left - left == default));

    [Fact]
    public void CompareTo_Any_IsTheOrderOfTheNumbers() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(Quantities), Arb.From(Quantities), (left, right) =>
        left.CompareTo(right) == Value(left).CompareTo(Value(right))
        && left.CompareTo(right) == -right.CompareTo(left)
        && (left != right || left.GetHashCode() == right.GetHashCode())));

    [Fact]
    public void AsMilli_Any_IsTheCeilingOfTheAmount() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Quantities), value =>
    {
        BigInteger nanos = BigInteger.Abs(Value(value));
        BigInteger milli = (nanos + 999_999) / 1_000_000;
        BigInteger held = milli > long.MaxValue ? long.MaxValue : milli;
        return BigInteger.Abs(value.AsMilli()) == held || value.AsMilli() == long.MinValue;
    }));

    [Fact]
    public void Wire_Any_RoundTrips() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Quantities), value =>
        Wire.ThroughJson(value) == value && Wire.ThroughProto(value) == value));

    [Fact]
    public void TryParse_Garbage_NeverThrows() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Garbage.Of("0123456789.+-eEinumkKMGTP x")), text =>
    {
        if (Quantity.TryParse(text, out Quantity value))
        {
            _ = value.ToString();
        }

        return true;
    }));

    // Everything a text can say is a multiple of a billionth.
    private static BigInteger Value(Quantity quantity) => quantity.Exponent >= -9
        ? quantity.Unscaled * BigInteger.Pow(10, quantity.Exponent + 9)
        : throw new InvalidOperationException("finer than a billionth");

    private static Gen<Quantity> Quantities =>
        from number in Gen.OneOf(Gen.Choose(-2000, 2000).Select(n => (long)n), Gen.Choose(int.MinValue, int.MaxValue).Select(n => (long)n * 1_000_003))
        from exponent in Gen.Choose(-9, 18)
        from format in Gen.Elements(QuantityFormat.DecimalSI, QuantityFormat.BinarySI, QuantityFormat.DecimalExponent)
        select Quantity.FromScaled(number, format == QuantityFormat.BinarySI ? Math.Min(exponent, 3) : exponent, format);
}
