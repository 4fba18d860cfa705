using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>A moment to the second, written in RFC 3339 with Z. The default value is "no time" and is written as null.</summary>
public readonly struct Time : IEquatable<Time>, IComparable<Time>, IWireValue<Time>
{
    private readonly DateTimeOffset _value;

    /// <summary>Keeps whole seconds, in UTC.</summary>
    public Time(DateTimeOffset value) => _value = Rfc3339.Truncate(value, TimeSpan.TicksPerSecond);

    public bool IsZero => _value == default;

    public DateTimeOffset Value => _value;

    public static implicit operator Time(DateTimeOffset value) => new(value);

    public static implicit operator DateTimeOffset(Time time) => time._value;

    public static bool operator ==(Time left, Time right) => left.Equals(right);

    public static bool operator !=(Time left, Time right) => !left.Equals(right);

    public static bool operator <(Time left, Time right) => left._value < right._value;

    public static bool operator >(Time left, Time right) => left._value > right._value;

    public static bool operator <=(Time left, Time right) => left._value <= right._value;

    public static bool operator >=(Time left, Time right) => left._value >= right._value;

    public static TimeSpan operator -(Time left, Time right) => left._value - right._value;

    public static Time FromDateTimeOffset(DateTimeOffset value) => new(value);

    public static Time Parse(string text) => new(Rfc3339.Parse(text));

    public DateTimeOffset ToDateTimeOffset() => _value;

    public TimeSpan Subtract(Time other) => this - other;

    public bool Equals(Time other) => _value == other._value;

    public int CompareTo(Time other) => _value.CompareTo(other._value);

    public override bool Equals(object? obj) => obj is Time other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    public override string ToString() => Rfc3339.Format(_value, fractionDigits: 0);

    public static Time ReadJson(ref Utf8JsonReader reader, JsonReadContext context) =>
        JsonScalars.ReadString(ref reader, context) is { } text ? Parse(text) : default;

    public void WriteJson(Utf8JsonWriter writer) => Rfc3339.WriteJson(writer, _value, fractionDigits: 0);

    public static Time ReadProto(ref ProtoReader reader) => new(Rfc3339.ReadProto(ref reader));

    public void WriteProto(ProtoWriter writer) => Rfc3339.WriteProto(writer, _value, withNanos: false);
}
