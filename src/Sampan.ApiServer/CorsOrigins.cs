using System.Text.RegularExpressions;

namespace Sampan.ApiServer;

/// <summary>
/// The origins whose pages may call the server from a browser, as regular expressions. Each has to say where the host begins and ends:
/// <c>//example.com(:|$)</c>, since <c>example.com</c> would let in <c>example.com.attacker.net</c> as well.
/// </summary>
public static class CorsOrigins
{
    /// <exception cref="FormatException">One of them is no regular expression, or leaves an end open.</exception>
    public static IReadOnlyList<Regex> Parse(IEnumerable<string> patterns) => [.. patterns.Select(Parse)];

    private static Regex Parse(string pattern)
    {
        if (pattern.Length == 0)
        {
            throw new FormatException("empty value in --cors-allowed-origins");
        }
        if (!(pattern.Contains('^') || pattern.Contains("//", StringComparison.Ordinal)) || pattern.AsSpan().IndexOfAny('$', ':') < 0)
        {
            throw Invalid("regular expression does not pin to start/end of host in the origin header");
        }
        try
        {
            // Whoever sends a request chooses the origin: matching takes no longer than its length.
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Invalid(e.Message);
        }
    }

    private static FormatException Invalid(string complaint) => new($"--cors-allowed-origins has an invalid regular expression: {complaint}");
}
