using System.Globalization;

namespace Sampan.Api.Cel;

/// <summary>The parts of timestamps, in UTC or another zone, and of durations.</summary>
internal static class CelTimes
{
    public static void AddTo(Dictionary<string, CelFunction> members)
    {
        members["getFullYear"] = static args => (long)In(args).Year;
        members["getMonth"] = static args => In(args).Month - 1L;
        members["getDate"] = static args => (long)In(args).Day;
        members["getDayOfMonth"] = static args => In(args).Day - 1L;
        members["getDayOfWeek"] = static args => (long)In(args).DayOfWeek;
        members["getDayOfYear"] = static args => In(args).DayOfYear - 1L;
        members["getHours"] = static args => args[0] is TimeSpan span ? (long)span.TotalHours : In(args).Hour;
        members["getMinutes"] = static args => args[0] is TimeSpan span ? (long)span.TotalMinutes : In(args).Minute;
        members["getSeconds"] = static args => args[0] is TimeSpan span ? (long)span.TotalSeconds : In(args).Second;
        members["getMilliseconds"] = static args => args[0] is TimeSpan span ? (long)span.TotalMilliseconds : In(args).Millisecond;
    }

    private static DateTimeOffset In(object?[] args)
    {
        var time = (DateTimeOffset)args[0]!;
        if (args.Length == 1) return time.ToUniversalTime();
        var zone = (string)args[1]!;
        return OffsetOf(zone) is { } offset ? time.ToOffset(offset) : TimeZoneInfo.ConvertTime(time, Find(zone));
    }

    // -08:00, 02:00
    private static TimeSpan? OffsetOf(string zone)
    {
        if (!zone.Contains(':', StringComparison.Ordinal)) return null;
        var isOffset = TimeSpan.TryParseExact(zone.TrimStart('+', '-'), "hh\\:mm", CultureInfo.InvariantCulture, out var offset);
        return isOffset ? zone[0] == '-' ? -offset : offset : throw new CelException($"unknown time zone {zone}");
    }

    private static TimeZoneInfo Find(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : throw new CelException($"unknown time zone {zone}");
}
