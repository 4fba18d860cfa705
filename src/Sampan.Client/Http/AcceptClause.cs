using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Sampan.Client.Http;

/// <summary>One alternative of an Accept header: application/json;as=Table;v=v1;g=meta.k8s.io;q=0.5.</summary>
public sealed record AcceptClause(string MediaType, IReadOnlyDictionary<string, string> Parameters, double Quality)
{
    /// <summary>The alternatives, best first; equals keep their order. Those with quality 0 are left out.</summary>
    public static IEnumerable<AcceptClause> Parse(StringValues header) =>
        header.SelectMany(line => (line ?? "").Split(','))
            .Select(text => One(text.Trim()))
            .Where(clause => clause.MediaType.Length > 0 && clause.Quality > 0)
            .OrderByDescending(clause => clause.Quality);

    private static AcceptClause One(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var parameters = new Dictionary<string, string>();
        var quality = 1.0;
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }
            var (key, value) = (part[..equals].Trim().ToLowerInvariant(), part[(equals + 1)..].Trim('"', ' '));
            if (key == "q")
            {
                quality = double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : 0;
            }
            else
            {
                parameters[key] = value;
            }
        }
        return new AcceptClause(parts[0].ToLowerInvariant(), parameters, quality);
    }
}
