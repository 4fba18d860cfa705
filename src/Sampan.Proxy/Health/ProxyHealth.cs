using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Codec;
using Sampan.Client.Metrics;
using Sampan.Proxy.Sync;

namespace Sampan.Proxy.Health;

/// <summary>
/// What <c>/healthz</c> and <c>/livez</c> say, as upstream's: the proxy is ill when, once started, it leaves a change waiting too long, and
/// <c>/healthz</c>, by which load balancers choose nodes, says no for a node that is about to go as well.
/// </summary>
internal sealed class ProxyHealth(PendingChanges pending, NodeSource node, ProxyMetrics metrics, TimeProvider time)
{
    /// <summary>Twice the interval in which upstream's proxy looks at its rules.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public bool IsHealthy => pending.LastWritten is null || pending.Oldest is not { } oldest || time.GetUtcNow() - oldest < Patience;

    public IReadOnlyDictionary<string, RequestDelegate> Pages => new Dictionary<string, RequestDelegate>
    {
        ["/healthz"] = http => AnswerAsync(http, IsHealthy && node.IsStaying, metrics.Healthz, node.IsStaying),
        ["/livez"] = http => AnswerAsync(http, IsHealthy, metrics.Livez, eligible: null),
        ["/proxyMode"] = http => http.Response.WriteAsync("nftables"),
    };

    private Task AnswerAsync(HttpContext http, bool healthy, Counter counter, bool? eligible)
    {
        int code = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        counter.With(code.ToString(CultureInfo.InvariantCulture)).Increment();
        var now = time.GetUtcNow();

        // While all is well the time is always recent, also when nothing changed for long.
        var answer = new JsonObject
        {
            ["lastUpdated"] = Text(healthy ? now : pending.LastWritten ?? default), ["currentTime"] = Text(now),
        };
        if (eligible is { } staying) answer["nodeEligible"] = staying;
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        http.Response.Headers["X-Content-Type-Options"] = "nosniff";
        return http.Response.WriteAsync(Encoding.UTF8.GetString(JsonTree.Encode(answer)));
    }

    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss.fffffff '+0000 UTC'", CultureInfo.InvariantCulture);
}
