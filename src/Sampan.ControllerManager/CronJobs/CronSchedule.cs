namespace Sampan.ControllerManager.CronJobs;

/// <summary>When a schedule comes due: <c>minute hour day-of-month month day-of-week</c>, a name such as @daily, or @every 90s.</summary>
internal sealed class CronSchedule
{
    /// <summary>A schedule that does not come due in this time never does: 30 February.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(5 * 366);
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan? _period;
    private readonly CronField _minute, _hour, _day, _month, _weekday;

    /// <exception cref="FormatException">The schedule cannot be read.</exception>
    public CronSchedule(string text, TimeZoneInfo zone)
    {
        (text, _zone) = Located(text, zone);
        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            if (!Duration.TryParse(text["@every ".Length..], out var period)) throw new FormatException($"failed to parse duration {text}");
            var span = TimeSpan.FromSeconds(Math.Floor(((TimeSpan)period).TotalSeconds));
            _period = span < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : span;
            return;
        }

        var fields = Fields(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5) throw new FormatException($"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]");
        _minute = CronField.Parse(fields[0], 0, 59);
        _hour = CronField.Parse(fields[1], 0, 23);
        _day = CronField.Parse(fields[2], 1, 31);
        _month = CronField.Parse(fields[3], 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
        _weekday = CronField.Parse(fields[4], 0, 6, "sun", "mon", "tue", "wed", "thu", "fri", "sat");
    }

    /// <summary>The time between two starts of an @every schedule, which counts from its last start; null for one that the clock sets.</summary>
    public TimeSpan? Period => _period;

    /// <summary>The first time after the given one; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        after = new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), after.Offset);
        if (_period is { } period) return after + period;
        var time = TimeZoneInfo.ConvertTime(after, _zone);
        time = time.AddSeconds(60 - time.Second);
        for (var end = after + Horizon; time < end;)
        {
            if (!_month.Has(time.Month) || !IsDay(time.Date)) time = NextMidnight(time);
            else if (!_hour.Has(time.Hour)) time = Local(time.AddMinutes(60 - time.Minute));
            else if (!_minute.Has(time.Minute)) time = Local(time.AddMinutes(1));
            else return time.ToUniversalTime();
        }

        return null;
    }

    /// <summary>With both day fields restricted, either one will do.</summary>
    private bool IsDay(DateTime date)
    {
        var (day, weekday) = (_day.Has(date.Day), _weekday.Has((int)date.DayOfWeek));
        return _day.IsStar || _weekday.IsStar ? day && weekday : day || weekday;
    }

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone);

    /// <summary>Where clocks skip midnight, the day starts when they go on.</summary>
    private DateTimeOffset NextMidnight(DateTimeOffset time)
    {
        var midnight = time.Date.AddDays(1);
        while (_zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = _zone.IsAmbiguousTime(midnight) ? _zone.GetAmbiguousTimeOffsets(midnight).Max() : _zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset);
    }

    /// <summary>Takes <c>TZ=Europe/Rome</c> or <c>CRON_TZ=Europe/Rome</c> off the front, which objects of old have.</summary>
    private static (string Text, TimeZoneInfo Zone) Located(string text, TimeZoneInfo zone)
    {
        if (!text.StartsWith("TZ=", StringComparison.Ordinal) && !text.StartsWith("CRON_TZ=", StringComparison.Ordinal)) return (text, zone);
        var (start, end) = (text.IndexOf('=', StringComparison.Ordinal) + 1, text.IndexOf(' ', StringComparison.Ordinal));
        var name = end < 0 ? text[start..] : text[start..end];
        if (end < 0 || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var named)) throw new FormatException($"provided bad location {name}: unknown time zone {name}");
        return (text[end..].Trim(), named);
    }

    private static string Fields(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ when text.StartsWith('@') => throw new FormatException($"unrecognized descriptor: {text}"),
        _ => text,
    };
}
