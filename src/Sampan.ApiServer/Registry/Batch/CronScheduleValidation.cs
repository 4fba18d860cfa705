using System.Globalization;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Checks the form of a cron schedule: five fields, or a name such as @daily.</summary>
internal static class CronScheduleValidation
{
    private const string Every = "@every ";

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
            return !schedule.StartsWith(Every, StringComparison.Ordinal)
                ? $"unrecognized descriptor: {schedule}" : ComplaintAboutInterval(schedule, schedule[Every.Length..]);
        }
        var fields = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Bounds.Length)
        {
            return $"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]";
        }
        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var part in fields[i].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (ComplaintAbout(part, i) is { } complaint)
                {
                    return complaint;
                }
            }
        }
        return null;
    }

    private static string? ComplaintAboutInterval(string schedule, string interval)
    {
        try
        {
            Duration.Parse(interval);
            return null;
        }
        catch (FormatException complaint)
        {
            return $"failed to parse duration {schedule}: {complaint.Message}";
        }
    }

    /// <summary>One part of a field: a range of numbers or names, or everything, and how many of them a step takes.</summary>
    private static string? ComplaintAbout(string part, int field)
    {
        var rangeAndStep = part.Split('/');
        var ends = rangeAndStep[0].Split('-');
        var (first, last) = Bounds[field];
        if (ends[0] is not ("*" or "?"))
        {
            if (Number(ends[0], field, out first) is { } noFirst)
            {
                return noFirst;
            }
            last = first;
            if (ends.Length == 2 && Number(ends[1], field, out last) is { } noLast)
            {
                return noLast;
            }
            if (ends.Length > 2)
            {
                return $"too many hyphens: {part}";
            }
        }
        if (rangeAndStep.Length > 2)
        {
            return $"too many slashes: {part}";
        }
        var step = 1;
        if (rangeAndStep.Length == 2 && Number(rangeAndStep[1], out step) is { } noStep)
        {
            return noStep;
        }
        // With a step a single number begins a range that ends where the field does.
        return Outside(part, field, first, rangeAndStep.Length == 2 && ends.Length == 1 ? Bounds[field].Max : last)
            ?? (step == 0 ? $"step of range should be a positive number: {part}" : null);
    }

    private static string? Outside(string part, int field, int first, int last)
    {
        var (min, max) = Bounds[field];
        if (first < min)
        {
            return $"beginning of range ({first}) below minimum ({min}): {part}";
        }
        if (last > max)
        {
            return $"end of range ({last}) above maximum ({max}): {part}";
        }
        return first > last ? $"beginning of range ({first}) beyond end of range ({last}): {part}" : null;
    }

    private static string? Number(string text, int field, out int number)
    {
        var names = field switch { 3 => Months, 4 => Days, _ => [] };
        number = Array.IndexOf(names, text.ToLowerInvariant());
        if (number < 0)
        {
            return Number(text, out number);
        }
        number += field == 3 ? 1 : 0;
        return null;
    }

    private static string? Number(string text, out int number)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            var isNumber = text.TrimStart('-', '+') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);
            return $"failed to parse int from {text}: strconv.Atoi: parsing {GoText.Quote(text)}: {(isNumber ? "value out of range" : "invalid syntax")}";
        }
        return number < 0 ? $"negative number ({number}) not allowed: {text}" : null;
    }
}
