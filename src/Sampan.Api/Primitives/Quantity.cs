using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>
/// An exact decimal number with a unit suffix, such as 100m, 1.5, 2Gi or 3e6. The value is <c>unscaled × 10^exponent</c>; no operation
/// loses a digit, and rounding, where asked for, goes away from zero. The smallest step a text can express is a billionth.
/// </summary>
/// <remarks>
/// Worked example: "1536Ki" is 1572864 × 10^0 with format BinarySI and is written "1536Ki"; "0.5" is 5 × 10^-1 and is written "500m".
/// Equality and order look at the number alone: 1 equals 1000m.
/// </remarks>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>, IWireValue<Quantity>
{
    // Values that fit in 64 bits live in _small; larger ones are a boxed BigInteger in _large.
    private readonly long _small;
    private readonly object? _large;
    private readonly int _exponent;

    public Quantity(long value, QuantityFormat format = QuantityFormat.DecimalSI)
        : this(value, 0, format)
    {
    }

    internal Quantity(BigInteger unscaled, int exponent, QuantityFormat format)
    {
        if (unscaled >= long.MinValue && unscaled <= long.MaxValue)
        {
            _small = (long)unscaled;
        }
        else
        {
            _large = unscaled;
        }

        _exponent = exponent;
        Format = format;
    }

    private Quantity(long unscaled, int exponent, QuantityFormat format)
    {
        _small = unscaled;
        _exponent = exponent;
        Format = format;
    }

    public static Quantity Zero => default;

    public QuantityFormat Format { get; }

    public bool IsZero => Sign == 0;

    public int Sign => _large is BigInteger large ? large.Sign : Math.Sign(_small);

    /// <summary>The unscaled value when it fits in 64 bits.</summary>
    internal long? SmallUnscaled => _large is null ? _small : null;

    internal BigInteger Unscaled => _large is BigInteger large ? large : _small;

    internal int Exponent => _exponent;

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    public static Quantity operator +(Quantity left, Quantity right) => left.Add(right);

    public static Quantity operator -(Quantity left, Quantity right) => left.Subtract(right);

    public static Quantity operator -(Quantity value) => value.Negate();

    public static Quantity operator *(Quantity left, long right) => left.Multiply(right);

    public static Quantity FromMilli(long milli, QuantityFormat format = QuantityFormat.DecimalSI) => new(milli, -3, format);

    /// <summary>A value of <paramref name="unscaled"/> × 10^<paramref name="exponent"/>, for example (5, -9) for five nanos.</summary>
    public static Quantity FromScaled(long unscaled, int exponent, QuantityFormat format = QuantityFormat.DecimalSI) =>
        new(unscaled, exponent, format);

    public static Quantity Parse(string text) => QuantityParser.Parse(text);

    public static bool TryParse(string? text, out Quantity value)
    {
        value = default;
        return text is not null && QuantityParser.TryParse(text, out value) is null;
    }

    /// <summary>The sum; a zero takes the format of the other side, as a fresh total should.</summary>
    public Quantity Add(Quantity other)
    {
        QuantityFormat format = IsZero ? other.Format : Format;
        if (_large is null && other._large is null && _exponent == other._exponent)
        {
            long sum = unchecked(_small + other._small);
            if (((_small ^ sum) & (other._small ^ sum)) >= 0)
            {
                return new Quantity(sum, _exponent, format);
            }
        }

        int exponent = Math.Min(_exponent, other._exponent);
        return new Quantity(At(exponent) + other.At(exponent), exponent, format);
    }

    public Quantity Subtract(Quantity other) => Add(other.Negate());

    public Quantity Negate() => _large is null && _small != long.MinValue
        ? new Quantity(-_small, _exponent, Format)
        : new Quantity(-Unscaled, _exponent, Format);

    public Quantity Multiply(long factor) => new(Unscaled * factor, _exponent, Format);

    /// <summary>The number in whole units, rounded away from zero and held at the limits of 64 bits.</summary>
    public long AsLong() => AsScaled(0);

    /// <summary>The number in thousandths, rounded away from zero and held at the limits of 64 bits.</summary>
    public long AsMilli() => AsScaled(-3);

    /// <summary>The number in units of 10^<paramref name="exponent"/>, rounded away from zero and held at the limits of 64 bits.</summary>
    public long AsScaled(int exponent)
    {
        if (_large is null && _exponent == exponent)
        {
            return _small;
        }

        BigInteger rounded = Rounded(exponent, out _);
        return rounded > long.MaxValue ? long.MaxValue : rounded < long.MinValue ? long.MinValue : (long)rounded;
    }

    /// <summary>The number as a whole 64-bit number, or null when it has a fraction or does not fit.</summary>
    public long? AsExactLong()
    {
        BigInteger rounded = Rounded(0, out bool exact);
        return exact && rounded >= long.MinValue && rounded <= long.MaxValue ? (long)rounded : null;
    }

    public double AsDouble() => double.Parse($"{Unscaled}e{_exponent}", CultureInfo.InvariantCulture);

    /// <summary>The number rounded away from zero to multiples of 10^<paramref name="exponent"/>.</summary>
    public Quantity RoundUp(int exponent) => _exponent >= exponent ? this : new Quantity(Rounded(exponent, out _), exponent, Format);

    public Quantity WithFormat(QuantityFormat format) => new(Unscaled, _exponent, format);

    public int CompareTo(Quantity other)
    {
        if (_large is null && other._large is null && _exponent == other._exponent)
        {
            return _small.CompareTo(other._small);
        }

        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        int exponent = Math.Min(_exponent, other._exponent);
        return At(exponent).CompareTo(other.At(exponent));
    }

    public int CompareTo(long other) => CompareTo(new Quantity(other));

    public bool Equals(Quantity other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode()
    {
        BigInteger digits = QuantityFormatter.WithoutFactors(Unscaled, 10, int.MaxValue, out int removed);
        return digits.IsZero ? 0 : HashCode.Combine(digits, _exponent + removed);
    }

    /// <summary>The canonical spelling: the largest suffix that leaves no fraction.</summary>
    public override string ToString() => QuantityFormatter.Format(this);

    public static Quantity ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => Parse(JsonScalars.ReadString(ref reader, context)!.Trim()),
        JsonTokenType.Number => Parse(Encoding.ASCII.GetString(reader.ValueSpan)),
        _ => throw new QuantityFormatException(QuantityParser.WrongFormat),
    };

    public void WriteJson(Utf8JsonWriter writer) => writer.WriteStringValue(ToString());

    public static Quantity ReadProto(ref ProtoReader reader)
    {
        Quantity value = default;
        while (reader.ReadField() is var field and not 0)
        {
            if (field == 1)
            {
                string text = reader.ReadString();
                value = text.Length == 0 ? default : Parse(text);
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }

    public void WriteProto(ProtoWriter writer) => writer.WriteString(1, ToString());

    internal BigInteger Rounded(int exponent, out bool exact)
    {
        exact = true;
        if (_exponent >= exponent)
        {
            return At(exponent);
        }

        BigInteger quotient = BigInteger.DivRem(Unscaled, BigInteger.Pow(10, exponent - _exponent), out BigInteger rest);
        exact = rest.IsZero;
        return quotient + rest.Sign;
    }

    private BigInteger At(int exponent) =>
        _exponent == exponent ? Unscaled : Unscaled * BigInteger.Pow(10, _exponent - exponent);
}
