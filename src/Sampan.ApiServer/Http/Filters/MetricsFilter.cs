using Sampan.ApiServer.Metrics;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Counts requests and measures how long they take.</summary>
internal sealed class MetricsFilter(MetricsRegistry metrics, TimeProvider time) : IRequestFilter
{
    private static readonly double[] Bounds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly Counter _total = metrics.Counter(
        "apiserver_request_total", "API requests by verb, resource and answer.",
        "verb", "group", "version", "resource", "subresource", "scope", "code");

    private readonly Histogram _duration = metrics.Histogram(
        "apiserver_request_duration_seconds", "Time to answer API requests that are not long-running.",
        Bounds, "verb", "group", "version", "resource", "subresource", "scope");

    private readonly Gauge _inflight = metrics.Gauge(
        "apiserver_current_inflight_requests", "Requests that are being answered.", "request_kind");

    private readonly Gauge _longRunning = metrics.Gauge(
        "apiserver_longrunning_requests", "Open watches and streams.", "verb", "group", "version", "resource", "subresource", "scope");

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (!request.Info.IsResourceRequest)
        {
            await next(request);
            return;
        }
        var series = SeriesOf(request.Info);
        var started = time.GetTimestamp();
        Enter(request, series, 1);
        try
        {
            await next(request);
        }
        finally
        {
            Enter(request, series, -1);
            _total.Increment([.. series, request.Http.Response.StatusCode.ToString()]);
            if (!request.IsLongRunning)
            {
                _duration.Observe(time.GetElapsedTime(started).TotalSeconds, series);
            }
        }
    }

    private void Enter(ApiRequest request, string[] series, int amount)
    {
        if (request.IsLongRunning)
        {
            _longRunning.Add(amount, series);
        }
        else
        {
            _inflight.Add(amount, request.Info.Verb is "get" or "list" ? "readOnly" : "mutating");
        }
    }

    private static string[] SeriesOf(RequestInfo info)
    {
        var verb = info.Verb switch
        {
            "create" => "POST",
            "update" => "PUT",
            var other => other.ToUpperInvariant(),
        };
        var scope = info.Name.Length > 0 ? "resource" : info.Namespace.Length > 0 ? "namespace" : "cluster";
        return [verb, info.ApiGroup, info.ApiVersion, info.Resource, info.Subresource, scope];
    }
}
