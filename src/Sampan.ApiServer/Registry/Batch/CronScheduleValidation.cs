using System.Globalization;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Checks the form of a cron schedule: five fields, or a name such as @daily.</summary>
internal static class CronScheduleValidation
{
    private static readonly HashSet<string> NamedSchedules =
        ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    private static readonly (int Min, int Max)[] Bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static void Validate(string schedule, bool zoneMayStay, string? timeZone, FieldPath path, FieldErrors errors)
    {
        var namesZone = schedule.Contains("TZ", StringComparison.Ordinal);
        if (ComplaintAbout(WithoutZone(schedule)) is { } complaint)
        {
            errors.Invalid(path, schedule, complaint);
        }
        if (namesZone && zoneMayStay && timeZone is not null)
        {
            errors.Invalid(path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
        else if (namesZone && !zoneMayStay)
        {
            errors.Invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
    }

    private static string WithoutZone(string schedule) =>
        schedule.StartsWith("TZ=", StringComparison.Ordinal) || schedule.StartsWith("CRON_TZ=", StringComparison.Ordinal)
            ? schedule[(schedule.IndexOf(' ', StringComparison.Ordinal) + 1)..] : schedule;

    private static string? ComplaintAbout(string schedule)
    {
        if (schedule.StartsWith('@'))
        {
            if (NamedSchedules.Contains(schedule))
            {
                return null;
            }
            if (!schedule.StartsWith("@every ", StringComparison.Ordinal))
            {
                return $"unrecognized descriptor: {schedule}";
            }
            return Duration.TryParse(schedule["@every ".Length..], out _) ? null : $"failed to parse duration {schedule}";
        }
        var fields = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Bounds.Length)
        {
            return $"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]";
        }
        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var part in fields[i].Split(','))
            {
                if (ComplaintAbout(part, i) is { } complaint)
                {
                    return complaint;
                }
            }
        }
        return null;
    }

    private static string? ComplaintAbout(string part, int field)
    {
        var (range, step) = part.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (part[..slash], part[(slash + 1)..]) : (part, "1");
        if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var width) || width == 0)
        {
            return width == 0 && step.Length > 0 && char.IsAsciiDigit(step[0])
                ? $"step of range should be a positive number: {part}"
                : $"failed to parse int from {step}: strconv.Atoi: parsing {GoText.Quote(step)}: invalid syntax";
        }
        if (range is "*" or "?")
        {
            return null;
        }
        var ends = range.Split('-');
        var numbers = new int[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            if (Number(ends[i], field) is not { } number)
            {
                return $"failed to parse int from {ends[i]}: strconv.Atoi: parsing {GoText.Quote(ends[i])}: invalid syntax";
            }
            numbers[i] = number;
        }
        return Outside(part, field, numbers);
    }

    private static string? Outside(string part, int field, int[] numbers)
    {
        var (min, max) = Bounds[field];
        if (numbers.Length > 2)
        {
            return $"too many hyphens: {part}";
        }
        if (numbers[0] < min)
        {
            return $"beginning of range ({numbers[0]}) below minimum ({min}): {part}";
        }
        if (numbers[^1] > max)
        {
            return $"end of range ({numbers[^1]}) above maximum ({max}): {part}";
        }
        return numbers[0] > numbers[^1] ? $"beginning of range ({numbers[0]}) beyond end of range ({numbers[^1]}): {part}" : null;
    }

    private static int? Number(string text, int field)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        var names = field switch { 3 => Months, 4 => Days, _ => [] };
        var index = Array.IndexOf(names, text.ToLowerInvariant());
        return index < 0 ? null : index + (field == 3 ? 1 : 0);
    }
}
