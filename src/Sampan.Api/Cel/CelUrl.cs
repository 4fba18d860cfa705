namespace Sampan.Api.Cel;

/// <summary>
/// An absolute URI, or an absolute path, in its parts.
/// <code>
/// https://user@example.com:8080/a%20b?x=1&amp;x=2#end      scheme  host (hostname, port)  path  query {x: [1, 2]}
/// </code>
/// </summary>
internal sealed record CelUrl(string Text, string Scheme, string Host, string EscapedPath)
{
    // What stays as it is in a path, beside letters and digits.
    private const string PathCharacters = "-._~!$&'()*+,;=:@/%[]";

    public string Hostname => Host.StartsWith('[') ? Host[1..Host.IndexOf(']', StringComparison.Ordinal)] : PortStart < 0 ? Host : Host[..PortStart];

    public string Port => PortStart < 0 ? "" : Host[(PortStart + 1)..];

    public CelMap Query => new(Pairs().GroupBy(pair => pair.Key).Select(group =>
        KeyValuePair.Create<object, object?>(group.Key, group.Select(pair => (object?)pair.Value).ToList())));

    private int PortStart => Host.LastIndexOf(':') is var colon && colon > Host.LastIndexOf(']') ? colon : -1;

    /// <summary>Why the text is no URL; null when it is one.</summary>
    public static string? WhyNot(string text, out CelUrl? url)
    {
        url = null;
        var problem = text.Length == 0 ? "empty url"
            : text.Any(c => c < ' ' || c == 0x7f) ? "net/url: invalid control character in URL" : Read(text, out url);
        return problem is null ? null : $"parse \"{text}\": {problem}";
    }

    private static string? Read(string text, out CelUrl? url)
    {
        url = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon == 0) return "missing protocol scheme";
        var scheme = colon > 0 && char.IsAsciiLetter(text[0]) && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? text[..colon] : "";
        var rest = scheme.Length > 0 ? text[(colon + 1)..] : text;
        if (rest.IndexOfAny(['?', '#']) is var end and >= 0) rest = rest[..end];
        if (!rest.StartsWith('/')) return scheme.Length > 0 ? Opaque(text, scheme, out url) : "invalid URI for request";
        var host = "";
        if (scheme.Length > 0 && rest.StartsWith("//", StringComparison.Ordinal))
        {
            var path = rest.IndexOf('/', 2) is var slash and >= 0 ? slash : rest.Length;
            host = rest[(rest.LastIndexOf('@', path - 1) is var at and > 1 ? at + 1 : 2)..path];
            rest = rest[path..];
            if (WhyNotHost(host) is { } problem) return problem;
        }
        if (BadEscape(rest) is { } escape) return $"invalid URL escape \"{escape}\"";
        url = new CelUrl(text, scheme.ToLowerInvariant(), host, Escape(rest));
        return null;
    }

    private static string? Opaque(string text, string scheme, out CelUrl? url)
    {
        url = new CelUrl(text, scheme.ToLowerInvariant(), "", "");
        return null;
    }

    private static string? WhyNotHost(string host)
    {
        var bracket = host.LastIndexOf(']');
        if (host.StartsWith('[') && bracket < 0) return "missing ']' in host";
        if (host.FirstOrDefault(c => c is ' ' or '<' or '>' or '"' or '\\' or '^' or '{' or '}' or '|' or '`') is var wrong and not '\0') return $"invalid character \"{wrong}\" in host name";
        var colon = host.IndexOf(':', bracket + 1);
        return colon >= 0 && !host.AsSpan(colon + 1).ToString().All(char.IsAsciiDigit) ? $"invalid port \"{host[colon..]}\" after host" : null;
    }

    private static string? BadEscape(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            var isHex = i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            if (!isHex) return text.Substring(i, Math.Min(3, text.Length - i));
        }
        return null;
    }

    private static string Escape(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || PathCharacters.Contains(c, StringComparison.Ordinal)) ? path
        : string.Concat(Uri.UnescapeDataString(path).Select(c => char.IsAsciiLetterOrDigit(c) || (c != '%' && PathCharacters.Contains(c, StringComparison.Ordinal)) ? c.ToString() : Uri.EscapeDataString(c.ToString())));

    private IEnumerable<(string Key, string Value)> Pairs()
    {
        var text = Text.IndexOf('#', StringComparison.Ordinal) is var end and >= 0 ? Text[..end] : Text;
        if (text.IndexOf('?', StringComparison.Ordinal) is not (var start and >= 0)) yield break;
        foreach (var part in text[(start + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (Unescape(part), "") : (Unescape(part[..equals]), Unescape(part[(equals + 1)..]));
        }
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
