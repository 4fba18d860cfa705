using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Sampan.Client.Streaming;

/// <summary>
/// Forwards plain HTTP requests to another server and streams the answers back, as they come: a reverse proxy without
/// configuration. Upgrades go through <see cref="UpgradeProxy"/>.
/// </summary>
public sealed class HttpForwarder : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);
    private const int BufferSize = 32 * 1024;

    // Headers that concern one connection only (RFC 9110, 7.6.1), and the user's credentials.
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Host", "Authorization",
        "Impersonate-User", "Impersonate-Group", "Impersonate-Uid",
    };

    private readonly HttpMessageInvoker _client;

    /// <param name="tls">How to reach https targets; null for the system's trust.</param>
    public HttpForwarder(SslClientAuthenticationOptions? tls = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectLimit, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (tls is not null) handler.SslOptions = tls;
        _client = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends a GET whose answer the caller reads and disposes.</summary>
    /// <exception cref="HttpRequestException">The server can't be reached.</exception>
    public Task<HttpResponseMessage> GetAsync(Uri target, CancellationToken ct) =>
        _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, target), ct);

    /// <summary>Forwards a request as it came, to another URL, and answers what that says.</summary>
    /// <exception cref="HttpRequestException">The server can't be reached.</exception>
    public async Task ForwardAsync(HttpContext context, Uri target, CancellationToken ct)
    {
        using var response = await SendAsync(context, target, _ => { }, ct);
        await CopyResponseAsync(response, context.Response, ct);
    }

    /// <summary>Forwards a request, with what <paramref name="prepare"/> adds; the caller disposes the answer.</summary>
    /// <exception cref="HttpRequestException">The server can't be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpContext context, Uri target, Action<HttpRequestMessage> prepare, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        if (HasBody(context.Request)) request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (NotForwarded.Contains(name) || name.StartsWith(':') || name.StartsWith("Impersonate-Extra-", StringComparison.OrdinalIgnoreCase)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        prepare(request);
        return await _client.SendAsync(request, ct);
    }

    /// <summary>Streams a body, passing on each part as soon as it is there.</summary>
    public static async Task CopyBodyAsync(Stream from, HttpResponse response, CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        while (await from.ReadAsync(buffer, ct) is var read and > 0)
        {
            await response.Body.WriteAsync(buffer.AsMemory(0, read), ct);
            await response.Body.FlushAsync(ct);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Answers with what another server answered.</summary>
    public static async Task CopyResponseAsync(HttpResponseMessage from, HttpResponse to, CancellationToken ct)
    {
        to.StatusCode = (int)from.StatusCode;
        foreach (var (name, values) in from.Headers.Concat(from.Content.Headers))
        {
            if (!NotForwarded.Contains(name)) to.Headers[name] = new StringValues([.. values]);
        }
        await using var body = await from.Content.ReadAsStreamAsync(ct);
        await CopyBodyAsync(body, to, ct);
    }

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength > 0 || request.Headers.ContainsKey("Transfer-Encoding") || (request.ContentLength is null && request.Method is "POST" or "PUT" or "PATCH");
}
