using Sampan.Api;

namespace Sampan.ApiServer.Streaming;

/// <summary>The name in a proxy path: web, web:8080, https:web:8443. Scheme and port are empty when they are not given.</summary>
internal readonly record struct ProxyName(string Scheme, string Name, string Port)
{
    /// <exception cref="StatusException">It has another form.</exception>
    public static ProxyName Parse(string text, string kind) => text.Split(':') switch
    {
        [{ Length: > 0 } name] => new("", name, ""),
        [{ Length: > 0 } name, var port] => new("", name, port),
        [("http" or "https" or "") and var scheme, { Length: > 0 } name, var port] => new(scheme, name, port),
        _ => throw StatusException.BadRequest($"invalid {kind} request {GoText.Quote(text)}"),
    };
}
