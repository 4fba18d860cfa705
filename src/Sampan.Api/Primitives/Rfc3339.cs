using System.Globalization;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>The wire forms that Time and MicroTime share.</summary>
internal static class Rfc3339
{
    private const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string MicrosecondsFormat = "yyyy-MM-dd'T'HH:mm:ss'.'ffffff'Z'";
    private const int NanosPerTick = 100;

    private const int SecondsLength = 19;

    private static readonly string[] ParseFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static DateTimeOffset Truncate(DateTimeOffset value, long ticks) => new(value.UtcTicks - (value.UtcTicks % ticks), TimeSpan.Zero);

    /// <summary>A moment with any number of digits after the second, or with none.</summary>
    public static DateTimeOffset Parse(string text) => TryParse(text, out var value) ? value : throw new JsonFormatException(Rfc3339Error.Of(text, micro: false));

    /// <summary>A moment with six digits after the second, no more and no less.</summary>
    public static DateTimeOffset ParseMicro(string text) =>
        TryParse(text, out var value) && Rfc3339Error.HasMicroFraction(text.AsSpan(SecondsLength)) && !char.IsAsciiDigit(text[SecondsLength + 7])
            ? value
            : throw new JsonFormatException(Rfc3339Error.Of(text, micro: true));

    private static bool TryParse(string text, out DateTimeOffset value)
    {
        value = default;
        return HasOffset(text)
            && DateTimeOffset.TryParseExact(ShortenFraction(text), ParseFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    public static string Format(DateTimeOffset value, int fractionDigits) =>
        value.UtcDateTime.ToString(fractionDigits == 0 ? SecondsFormat : MicrosecondsFormat, CultureInfo.InvariantCulture);

    public static void WriteJson(Utf8JsonWriter writer, DateTimeOffset value, int fractionDigits)
    {
        if (value == default)
        {
            writer.WriteNullValue();
            return;
        }

        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(
            text, out int written, fractionDigits == 0 ? SecondsFormat : MicrosecondsFormat, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }

    public static DateTimeOffset ReadProto(ref ProtoReader reader)
    {
        long seconds = 0;
        int nanos = 0;
        bool any = false;
        while (reader.ReadField() is var field and not 0)
        {
            any = true;
            switch (field)
            {
                case 1: seconds = reader.ReadInt64(); break;
                case 2: nanos = reader.ReadInt32(); break;
                default: reader.Skip(); break;
            }
        }

        return any ? FromUnix(seconds, nanos) : default;
    }

    /// <summary>"No time" is the message without bytes.</summary>
    public static void WriteProto(ProtoWriter writer, DateTimeOffset value, bool withNanos)
    {
        if (value == default)
        {
            return;
        }

        long ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        long seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        }

        writer.WriteInt64(1, seconds);
        writer.WriteInt32(2, withNanos ? (int)(rest * NanosPerTick) : 0);
    }

    private static DateTimeOffset FromUnix(long seconds, int nanos)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / NanosPerTick);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ProtoFormatException($"timestamp out of range: {seconds} seconds");
        }
    }

    private static bool HasOffset(string text) => text.Length > 6 && (text[^1] == 'Z' || text[^6] is '+' or '-');

    // Go reads any number of fraction digits, after a point or a comma; ticks hold seven.
    private static string ShortenFraction(string text)
    {
        int point = text.AsSpan().IndexOfAny('.', ',');
        if (point < 0)
        {
            return text;
        }

        int end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        ReadOnlySpan<char> digits = text.AsSpan(point + 1, Math.Min(end - point - 1, 7));
        return string.Concat(text.AsSpan(0, point), ".", digits, text.AsSpan(end));
    }
}
