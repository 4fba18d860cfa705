using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>A length of time in nanoseconds, written as Go writes one: 1h30m0s, 1.5s, 100ms.</summary>
public readonly struct Duration : IEquatable<Duration>, IComparable<Duration>, IWireValue<Duration>
{
    private const int NanosPerTick = 100;

    public Duration(TimeSpan value) => Nanoseconds = Saturate(value.Ticks);

    private Duration(long nanoseconds) => Nanoseconds = nanoseconds;

    public long Nanoseconds { get; }

    public static implicit operator Duration(TimeSpan value) => new(value);

    public static implicit operator TimeSpan(Duration duration) => duration.ToTimeSpan();

    public static bool operator ==(Duration left, Duration right) => left.Equals(right);

    public static bool operator !=(Duration left, Duration right) => !left.Equals(right);

    public static bool operator <(Duration left, Duration right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(Duration left, Duration right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(Duration left, Duration right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(Duration left, Duration right) => left.Nanoseconds >= right.Nanoseconds;

    public static Duration FromTimeSpan(TimeSpan value) => new(value);

    public static Duration FromNanoseconds(long nanoseconds) => new(nanoseconds);

    public static Duration Parse(string text) =>
        GoDuration.TryParse(text, out long nanoseconds) is not { } error ? new Duration(nanoseconds) : throw new JsonFormatException(error);

    public static bool TryParse(string? text, out Duration duration)
    {
        long nanoseconds = 0;
        bool parsed = text is not null && GoDuration.TryParse(text, out nanoseconds) is null;
        duration = new Duration(nanoseconds);
        return parsed;
    }

    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / NanosPerTick);

    public bool Equals(Duration other) => Nanoseconds == other.Nanoseconds;

    public int CompareTo(Duration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public override bool Equals(object? obj) => obj is Duration other && Equals(other);

    public override int GetHashCode() => Nanoseconds.GetHashCode();

    public override string ToString() => GoDuration.Format(Nanoseconds);

    public static Duration ReadJson(ref Utf8JsonReader reader, JsonReadContext context) =>
        JsonScalars.ReadString(ref reader, context) is { } text ? Parse(text) : default;

    public void WriteJson(Utf8JsonWriter writer) => writer.WriteStringValue(ToString());

    public static Duration ReadProto(ref ProtoReader reader)
    {
        long nanoseconds = 0;
        while (reader.ReadField() is var field and not 0)
        {
            if (field == 1)
            {
                nanoseconds = reader.ReadInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return new Duration(nanoseconds);
    }

    public void WriteProto(ProtoWriter writer) => writer.WriteInt64(1, Nanoseconds);

    private static long Saturate(long ticks) => (long)Int128.Clamp((Int128)ticks * NanosPerTick, long.MinValue, long.MaxValue);
}
