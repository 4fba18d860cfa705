namespace Sampan.Api;

/// <summary>
/// Says what is wrong with a moment, in the words of Go's time.Parse, which clients know from upstream:
/// <code>
/// parsing time "2026-1-01T00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse "1-01T00:00:00Z" as "01"
/// parsing time "2026-13-01T00:00:00Z": month out of range
/// </code>
/// </summary>
internal static class Rfc3339Error
{
    private const string Layout = "2006-01-02T15:04:05Z07:00";

    private const string MicroLayout = "2006-01-02T15:04:05.000000Z07:00";

    private const string MicroFraction = ".000000";

    private const int MaxOffsetHours = 14;

    /// <summary>The parts of the layout: how Go writes each, and for numbers their name and least and greatest value.</summary>
    private static readonly (string Text, string Name, int Least, int Greatest)[] Parts =
    [
        ("2006", "year", 0, 9999), ("-", "", 0, 0), ("01", "month", 1, 12), ("-", "", 0, 0), ("02", "day", 0, 99), ("T", "", 0, 0),
        ("15", "hour", 0, 23), (":", "", 0, 0), ("04", "minute", 0, 59), (":", "", 0, 0), ("05", "second", 0, 59),
    ];

    /// <param name="micro">Whether exactly six digits of a second are wanted.</param>
    public static string Of(string text, bool micro)
    {
        var layout = micro ? MicroLayout : Layout;
        var rest = text.AsSpan();
        foreach (var part in Parts)
        {
            if (part.Name.Length == 0 ? !rest.StartsWith(part.Text, StringComparison.Ordinal) : !StartsWithDigits(rest, part.Text.Length))
            {
                return CannotParse(text, layout, rest, part.Text);
            }
            if (part.Name.Length > 0 && int.Parse(rest[..part.Text.Length], System.Globalization.CultureInfo.InvariantCulture) is var number
                && (number < part.Least || number > part.Greatest))
            {
                return $"parsing time {Quote(text)}: {part.Name} out of range";
            }
            rest = rest[part.Text.Length..];
        }
        if (!micro)
        {
            return OfZone(text, layout, WithoutFraction(rest));
        }
        return HasMicroFraction(rest) ? OfZone(text, layout, rest[MicroFraction.Length..]) : CannotParse(text, layout, rest, MicroFraction);
    }

    /// <summary>Whether a point or comma and six digits come first.</summary>
    public static bool HasMicroFraction(ReadOnlySpan<char> rest) =>
        rest.Length >= MicroFraction.Length && rest[0] is '.' or ',' && StartsWithDigits(rest[1..], MicroFraction.Length - 1);

    private static string OfZone(string text, string layout, ReadOnlySpan<char> rest)
    {
        var length = rest.StartsWith("Z", StringComparison.Ordinal) ? 1 : 6;
        if (length == 6 && !(rest.Length >= 6 && rest[0] is '+' or '-' && StartsWithDigits(rest[1..], 2) && rest[3] == ':' && StartsWithDigits(rest[4..], 2)
            && int.Parse(rest[1..3], System.Globalization.CultureInfo.InvariantCulture) <= MaxOffsetHours))
        {
            return CannotParse(text, layout, rest, "Z07:00");
        }
        // All parts are there: what remains is a day that the month does not have.
        return rest.Length > length
            ? $"parsing time {Quote(text)}: extra text: {Quote(rest[length..].ToString())}"
            : $"parsing time {Quote(text)}: day out of range";
    }

    private static string CannotParse(string text, string layout, ReadOnlySpan<char> rest, string part) =>
        $"parsing time {Quote(text)} as {Quote(layout)}: cannot parse {Quote(rest.ToString())} as {Quote(part)}";

    private static bool StartsWithDigits(ReadOnlySpan<char> text, int count) =>
        text.Length >= count && text[..count].IndexOfAnyExceptInRange('0', '9') < 0;

    private static ReadOnlySpan<char> WithoutFraction(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] is not ('.' or ',') || !char.IsAsciiDigit(rest[1]))
        {
            return rest;
        }
        var end = rest[1..].IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? [] : rest[(end + 1)..];
    }

    private static string Quote(string text) => GoText.Quote(text);
}
