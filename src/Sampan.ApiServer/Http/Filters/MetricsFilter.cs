using System.Collections.Concurrent;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Counts requests and measures how long they take, under upstream's names.</summary>
internal sealed class MetricsFilter(MetricRegistry metrics, TimeProvider time) : IRequestFilter
{
    /// <summary>Paths come from outside: beyond this many kinds of requests, all others are counted as one.</summary>
    private const int MaxSeries = 5000;

    private static readonly double[] Bounds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private static readonly RequestKind Other = new("other", "", "", "", "", "");

    private readonly Counter _total = metrics.Counter(
        "apiserver_request_total", "API requests by verb, resource and answer.",
        "verb", "group", "version", "resource", "subresource", "scope", "code");

    private readonly Histogram _duration = metrics.Histogram(
        "apiserver_request_duration_seconds", "Time to answer API requests that are not long-running.",
        Bounds, "verb", "group", "version", "resource", "subresource", "scope");

    private readonly Gauge _longRunning = metrics.Gauge(
        "apiserver_longrunning_requests", "Open watches and streams.", "verb", "group", "version", "resource", "subresource", "scope");

    private readonly (GaugeValue Reading, GaugeValue Mutating) _inflight = InflightOf(metrics);
    private readonly ConcurrentDictionary<RequestKind, Series> _series = new();

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (!request.Info.IsResourceRequest)
        {
            await next(request);
            return;
        }
        var series = SeriesOf(request.Info);
        var open = request.IsLongRunning ? series.LongRunning : request.Info.Verb is "get" or "list" ? _inflight.Reading : _inflight.Mutating;
        var started = time.GetTimestamp();
        open.Add(1);
        try
        {
            await next(request);
        }
        finally
        {
            open.Add(-1);
            series.Total(request.Http.Response.StatusCode).Increment();
            if (!request.IsLongRunning)
            {
                series.Duration.Observe(time.GetElapsedTime(started).TotalSeconds);
            }
        }
    }

    private static (GaugeValue Reading, GaugeValue Mutating) InflightOf(MetricRegistry metrics)
    {
        var gauge = metrics.Gauge("apiserver_current_inflight_requests", "Requests that are being answered.", "request_kind");
        return (gauge.With("readOnly"), gauge.With("mutating"));
    }

    private Series SeriesOf(RequestInfo info)
    {
        var kind = RequestKind.Of(info);
        if (_series.TryGetValue(kind, out var known))
        {
            return known;
        }
        return _series.GetOrAdd(_series.Count < MaxSeries ? kind : Other, k => new Series(k.Labels, _total, _duration, _longRunning));
    }

    private readonly record struct RequestKind(string Verb, string Group, string Version, string Resource, string Subresource, string Scope)
    {
        public string[] Labels => [Verb, Group, Version, Resource, Subresource, Scope];

        public static RequestKind Of(RequestInfo info) => new(
            VerbOf(info.Verb), info.ApiGroup, info.ApiVersion, info.Resource, info.Subresource,
            info.Name.Length > 0 ? "resource" : info.Namespace.Length > 0 ? "namespace" : "cluster");

        private static string VerbOf(string verb) => verb switch
        {
            "get" => "GET",
            "list" => "LIST",
            "watch" => "WATCH",
            "create" => "POST",
            "update" => "PUT",
            "patch" => "PATCH",
            "delete" => "DELETE",
            var other => other.ToUpperInvariant(),
        };
    }

    /// <summary>The values of one kind of request, looked up once.</summary>
    private sealed class Series(string[] labels, Counter total, Histogram duration, Gauge longRunning)
    {
        private readonly ConcurrentDictionary<int, CounterValue> _totals = new();

        public HistogramValue Duration { get; } = duration.With(labels);

        public GaugeValue LongRunning { get; } = longRunning.With(labels);

        public CounterValue Total(int code) => _totals.GetOrAdd(code, static (c, state) => state.total.With([.. state.labels, c.ToString()]), (total, labels));
    }
}
