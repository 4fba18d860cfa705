using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sampan.Api;

namespace Sampan.ApiServer.Streaming;

/// <summary>Reads the options of a connect request from its query, as upstream converts them.</summary>
internal static class QueryValues
{
    /// <summary>A flag that is there counts, unless it says false or 0.</summary>
    public static bool Flag(this IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && (values[0] ?? "").ToLowerInvariant() is not ("false" or "0");

    /// <summary>A whole number; null when it is not given.</summary>
    public static long? Number(this IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values) || values[0] is not { } text)
        {
            return null;
        }
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StatusException.BadRequest($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
    }
}
