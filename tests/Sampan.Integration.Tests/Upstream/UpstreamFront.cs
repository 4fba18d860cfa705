using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sampan.Integration.Tests.Upstream;

/// <summary>
/// An API server that offers no more than upstream's: plain HTTP/1.1 and JSON, no streaming lists, nothing that is alpha or beta. What it would
/// not understand is refused and noted. It takes every liberty that a server has: watches are late, without bookmarks, and end early;
/// revisions are forgotten; a write may have to be sent again.
/// </summary>
internal sealed class UpstreamFront : IAsyncDisposable
{
    private const string Expired = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (2)","reason":"Expired","code":410}""";
    private const string Absent = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}""";
    private const string Refused = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{0}","reason":"BadRequest","code":400}""";

    /// <summary>Longer than a client takes for a sign of trouble.</summary>
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMilliseconds(1500);
    private static readonly string[] Headers =
        ["Audit-Id", "Cache-Control", "Content-Length", "Content-Type", "Date", "Retry-After", "Transfer-Encoding", "Warning", "X-Kubernetes-Pf-Flowschema-Uid", "X-Kubernetes-Pf-Prioritylevel-Uid"];

    private readonly ApiServer.ApiServer _server;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _watches = new();
    private int _writes;
    private int _forgotten;

    private UpstreamFront(ApiServer.ApiServer server)
    {
        _server = server;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.First();

    /// <summary>What clients asked for that upstream's server would not understand.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>How often a client was told that its revision is forgotten.</summary>
    public int Forgotten => _forgotten;

    public static async Task<UpstreamFront> StartAsync(ApiServer.ApiServer server)
    {
        var front = new UpstreamFront(server);
        await front._app.StartAsync();
        return front;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var path = UpstreamPath.Of(http.Request);
        http.Response.OnStarting(() => KeepUpstreamsHeaders(http.Response));
        if (UpstreamRules.Problem(http.Request, path) is { } problem)
        {
            Problems.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {problem}");
            return WriteAsync(http, 400, Refused.Replace("{0}", problem, StringComparison.Ordinal));
        }

        if (!UpstreamRules.Serves(path)) return WriteAsync(http, 404, Absent);
        if (path.Verb == "watch") return WatchAsync(http);
        if (path.Resource.Length == 0) http.Request.Headers.Accept = "application/json";
        else if (path.Verb is "create" or "update" or "patch") return WriteStrictlyAsync(http);
        return _server.InvokeAsync(http);
    }

    /// <summary>Fields that no one knows are refused. Each hundredth write is asked to come again, as a busy server does.</summary>
    private Task WriteStrictlyAsync(HttpContext http)
    {
        if (Interlocked.Increment(ref _writes) % 100 == 50)
        {
            http.Response.Headers.RetryAfter = "1";
            return WriteAsync(http, 429, Expired.Replace("410", "429", StringComparison.Ordinal).Replace("Expired", "TooManyRequests", StringComparison.Ordinal));
        }

        http.Request.QueryString = http.Request.QueryString.Add("fieldValidation", "Strict");
        return _server.InvokeAsync(http);
    }

    /// <summary>The second watch of a resource meets a forgotten revision in the stream, the fourth before it.</summary>
    private async Task WatchAsync(HttpContext http)
    {
        var count = _watches.AddOrUpdate(http.Request.Path + http.Request.Query["fieldSelector"], 1, (_, known) => known + 1);
        if (count is 2 or 4) Interlocked.Increment(ref _forgotten);
        if (count == 2) await WriteAsync(http, 200, $$"""{"type":"ERROR","object":{{Expired}}}""" + "\n");
        else if (count == 4) await WriteAsync(http, 410, Expired);
        else await CutAsync(http, most: 1 + (count % 5));
    }

    private async Task CutAsync(HttpContext http, int most)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(LongestWatch);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new CutWatch(http.Response.Body, most, limit.Cancel), http.Features.GetRequiredFeature<IHttpResponseBodyFeature>()));
        http.RequestAborted = limit.Token;
        try
        {
            await _server.InvokeAsync(http);
        }
        catch (OperationCanceledException)
        {
            // The watch was ended: for the client that is its end.
        }
    }

    private static Task KeepUpstreamsHeaders(HttpResponse response)
    {
        foreach (var name in response.Headers.Keys.Where(name => !Headers.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList()) response.Headers.Remove(name);
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext http, int code, string body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body);
    }
}
