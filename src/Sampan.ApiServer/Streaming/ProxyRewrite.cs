using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Streaming;

/// <summary>
/// Makes answers of a proxied server work under the path they are reached at: what points to the server's root then points below
/// <paramref name="prefix"/>. /login → /api/v1/namespaces/web/services/shop/proxy/login. Relative links and other hosts stay.
/// </summary>
internal sealed partial class ProxyRewrite(string prefix, Uri target, string requestHost)
{
    /// <summary>Longer pages pass as they are.</summary>
    private const int MaxPage = 8 * 1024 * 1024;

    private static readonly HashSet<string> Links = new(StringComparer.OrdinalIgnoreCase)
    {
        "a href", "applet codebase", "area href", "audio src", "base href", "blockquote cite", "body background", "button formaction",
        "command icon", "del cite", "embed src", "form action", "frame longdesc", "frame src", "head profile", "html manifest",
        "iframe longdesc", "iframe src", "img longdesc", "img src", "img usemap", "input src", "input formaction", "ins cite", "link href",
        "object classid", "object codebase", "object data", "object usemap", "q cite", "script src", "source src", "video poster", "video src",
    };

    private static readonly string[] CrossOrigin =
    [
        "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    ];

    /// <summary>Tells the server who asks and under which path.</summary>
    public void Prepare(HttpRequestMessage request, HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } client)
        {
            var before = context.Request.Headers["X-Forwarded-For"].ToString();
            request.Headers.Remove("X-Forwarded-For");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", before.Length > 0 ? $"{before}, {client}" : $"{client}");
        }
        request.Headers.Remove("X-Forwarded-Uri");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Uri", prefix + target.AbsolutePath);
    }

    public async Task ApplyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        foreach (var header in CrossOrigin)
        {
            response.Headers.Remove(header);
        }
        if (response.Headers.TryGetValues("Location", out var locations) && locations.FirstOrDefault() is { } location)
        {
            response.Headers.Remove("Location");
            response.Headers.TryAddWithoutValidation("Location", Rewrite(location));
            return;
        }
        if (response.Content.Headers.ContentType?.MediaType == "text/html" && response.Content.Headers.ContentEncoding.Count == 0
            && response.Content.Headers.ContentLength is null or <= MaxPage)
        {
            await RewritePageAsync(response, ct);
        }
    }

    /// <summary>The URL as a client of ours must write it.</summary>
    public string Rewrite(string url)
    {
        if (!Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var parsed))
        {
            return url;
        }
        var isAbsolute = parsed.IsAbsoluteUri && url.Contains("://", StringComparison.Ordinal);
        if (isAbsolute && parsed.Authority != target.Authority && parsed.Authority != requestHost)
        {
            return url;
        }
        var rest = isAbsolute ? parsed.PathAndQuery + parsed.Fragment : url;
        return !rest.StartsWith('/') || rest.StartsWith("//", StringComparison.Ordinal) ? url
            : rest.StartsWith(prefix, StringComparison.Ordinal) ? rest : prefix + rest;
    }

    private async Task RewritePageAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var old = response.Content;
        // Bytes as characters one to one, so that no encoding is harmed.
        var page = Encoding.Latin1.GetString(await old.ReadAsByteArrayAsync(ct));
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(Tag().Replace(page, RewriteTag)));
        foreach (var (name, values) in old.Headers.Where(header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }
        response.Content = content;
        old.Dispose();
    }

    private string RewriteTag(Match tag) => Attribute().Replace(tag.Value, attribute =>
    {
        if (!Links.Contains($"{tag.Groups["tag"].Value} {attribute.Groups["name"].Value}"))
        {
            return attribute.Value;
        }
        var value = attribute.Groups["value"];
        var before = attribute.Value[..(value.Index - attribute.Index)];
        return before + Rewrite(value.Value) + attribute.Value[(value.Index - attribute.Index + value.Length)..];
    });

    [GeneratedRegex("""<(?<tag>[a-zA-Z][a-zA-Z0-9]*)\s(?:[^"'>]|"[^"]*"|'[^']*')*>""", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[a-zA-Z]+)\s*=\s*["'](?<value>[^"']*)["']""", RegexOptions.NonBacktracking)]
    private static partial Regex Attribute();
}
