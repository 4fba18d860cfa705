using System.Globalization;

namespace Sampan.ControllerManager.CronJobs;

/// <summary>
/// One field of a cron schedule as a set of numbers: <c>1,5-9/2</c> is 1, 5, 7, 9. A field that starts with a star restricts nothing,
/// which matters for the two day fields.
/// </summary>
internal readonly record struct CronField(ulong Bits, bool IsStar)
{
    public bool Has(int value) => (Bits & (1UL << value)) != 0;

    /// <param name="text">Numbers, names, ranges and steps, separated by commas.</param>
    /// <param name="min">The lowest value.</param>
    /// <param name="max">The highest value.</param>
    /// <param name="names">Names of the values, the first one that of <paramref name="min"/>.</param>
    public static CronField Parse(string text, int min, int max, params ReadOnlySpan<string> names)
    {
        var (bits, star) = (0UL, false);
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var r] => (r, null),
                [var r, var s] => (r, s),
                _ => throw new FormatException($"too many slashes: {part}"),
            };
            var isAll = range is "*" or "?";
            var (from, to) = isAll ? (min, max) : Range(range, step is null ? null : max, min, names);
            var every = step is null ? 1 : Number(step, 0, []);
            if (from < min || to > max || from > to || every == 0) throw new FormatException($"out of range: {part}");
            star |= isAll && every == 1;
            for (var i = from; i <= to; i += every) bits |= 1UL << i;
        }

        return new CronField(bits, star);
    }

    /// <summary>A lone number with a step runs to the end.</summary>
    private static (int From, int To) Range(string text, int? end, int min, ReadOnlySpan<string> names)
    {
        var bounds = text.Split('-');
        if (bounds.Length > 2) throw new FormatException($"too many hyphens: {text}");
        var from = Number(bounds[0], min, names);
        return (from, bounds.Length == 2 ? Number(bounds[1], min, names) : end ?? from);
    }

    private static int Number(string text, int min, ReadOnlySpan<string> names)
    {
        for (var i = 0; i < names.Length; i++)
            if (string.Equals(names[i], text, StringComparison.OrdinalIgnoreCase)) return min + i;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"failed to parse int from {text}");
    }
}
