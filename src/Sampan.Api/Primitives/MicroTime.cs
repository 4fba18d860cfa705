using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>A moment to the microsecond, written in RFC 3339 with six digits and Z. The default value is "no time", written as null.</summary>
public readonly struct MicroTime : IEquatable<MicroTime>, IComparable<MicroTime>, IWireValue<MicroTime>
{
    private readonly DateTimeOffset _value;

    /// <summary>Keeps whole microseconds, in UTC.</summary>
    public MicroTime(DateTimeOffset value) => _value = Rfc3339.Truncate(value, TimeSpan.TicksPerMicrosecond);

    public bool IsZero => _value == default;

    public DateTimeOffset Value => _value;

    public static implicit operator MicroTime(DateTimeOffset value) => new(value);

    public static implicit operator DateTimeOffset(MicroTime time) => time._value;

    public static bool operator ==(MicroTime left, MicroTime right) => left.Equals(right);

    public static bool operator !=(MicroTime left, MicroTime right) => !left.Equals(right);

    public static bool operator <(MicroTime left, MicroTime right) => left._value < right._value;

    public static bool operator >(MicroTime left, MicroTime right) => left._value > right._value;

    public static bool operator <=(MicroTime left, MicroTime right) => left._value <= right._value;

    public static bool operator >=(MicroTime left, MicroTime right) => left._value >= right._value;

    public static TimeSpan operator -(MicroTime left, MicroTime right) => left._value - right._value;

    public static MicroTime FromDateTimeOffset(DateTimeOffset value) => new(value);

    /// <summary>Reads exactly six digits after the second: other texts are refused, as upstream refuses them.</summary>
    public static MicroTime Parse(string text) => new(Rfc3339.ParseMicro(text));

    public DateTimeOffset ToDateTimeOffset() => _value;

    public TimeSpan Subtract(MicroTime other) => this - other;

    public bool Equals(MicroTime other) => _value == other._value;

    public int CompareTo(MicroTime other) => _value.CompareTo(other._value);

    public override bool Equals(object? obj) => obj is MicroTime other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    public override string ToString() => Rfc3339.Format(_value, fractionDigits: 6);

    public static MicroTime ReadJson(ref Utf8JsonReader reader, JsonReadContext context) =>
        JsonScalars.ReadString(ref reader, context) is { } text ? Parse(text) : default;

    public void WriteJson(Utf8JsonWriter writer) => Rfc3339.WriteJson(writer, _value, fractionDigits: 6);

    public static MicroTime ReadProto(ref ProtoReader reader) => new(Rfc3339.ReadProto(ref reader));

    public void WriteProto(ProtoWriter writer) => Rfc3339.WriteProto(writer, _value, withNanos: true);
}
