using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sampan.Api;

namespace Sampan.ApiServer.Http;

/// <summary>Reads query parameters by the rules of upstream's conversion: the first value counts.</summary>
internal static class QueryValues
{
    /// <summary>The value; empty when the parameter is absent.</summary>
    public static string Text(this IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : "";

    /// <summary>False for "0" and "false", true for anything else, also for nothing after the name; null when it is absent.</summary>
    public static bool? Flag(this IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.Count > 0
            ? values[0] is not "0" && !string.Equals(values[0], "false", StringComparison.OrdinalIgnoreCase)
            : null;

    /// <summary>Null when the parameter is absent or empty; what is no number is a bad request.</summary>
    public static long? Number(this IQueryCollection query, string name)
    {
        var text = query.Text(name);
        if (text.Length == 0)
        {
            return null;
        }
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw StatusException.BadRequest($"strconv.ParseInt: parsing {GoText.Quote(text)}: {ReasonOf(text)}");
    }

    /// <summary>A number that is written well is out of range.</summary>
    private static string ReasonOf(string text) =>
        text.AsSpan(text[0] is '-' or '+' ? 1 : 0) is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9')
            ? "value out of range"
            : "invalid syntax";
}
