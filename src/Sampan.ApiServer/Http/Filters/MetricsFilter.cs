using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Counts requests and measures how long they take, under upstream's names.</summary>
internal sealed class MetricsFilter(MetricRegistry metrics, TimeProvider time) : IRequestFilter
{
    /// <summary>Paths come from outside: beyond this many kinds of requests, all others are counted as one.</summary>
    private const int MaxSeries = 5000;

    private static readonly double[] Bounds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private static readonly double[] ServiceBounds = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private static readonly double[] SizeBounds = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    private static readonly double[] BodyBounds = [.. Enumerable.Range(0, 31).Select(step => 50_000.0 + (100_000 * step))];
    private static readonly string[] Labels = ["verb", "group", "version", "resource", "subresource", "scope", "component"];

    private static readonly RequestKind Other = new("other", "", "", "", "", "", "");

    private readonly Counter _total = metrics.Counter(
        "apiserver_request_total", "API requests by verb, resource and answer.",
        "verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component", "code");

    private readonly Histogram _duration = metrics.Histogram(
        "apiserver_request_duration_seconds", "Time to answer API requests that are not long-running.",
        Bounds, "verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component");

    private readonly Histogram _service = metrics.Histogram(
        "apiserver_request_sli_duration_seconds", "Time to answer, without what others took: webhooks and waiting in queues.", ServiceBounds, Labels);

    private readonly Histogram _sizes = metrics.Histogram("apiserver_response_sizes", "Bytes of answers to reading requests.", SizeBounds, Labels);

    private readonly Histogram _bodies = metrics.Histogram("apiserver_request_body_size_bytes", "Bytes of requests' bodies.", BodyBounds, "resource", "verb");
    private readonly Counter _aborts = metrics.Counter(
        "apiserver_request_aborts_total", "Requests whose client went away.", "verb", "group", "version", "resource", "subresource", "scope");

    private readonly Counter _terminations = metrics.Counter(
        "apiserver_request_terminations_total", "Requests that the server ended for its own sake.",
        "verb", "group", "version", "resource", "subresource", "scope", "component", "code");

    private readonly Gauge _longRunning = metrics.Gauge("apiserver_longrunning_requests", "Open watches and streams.", Labels);

    private readonly (GaugeValue Reading, GaugeValue Mutating) _inflight = InflightOf(metrics);
    private readonly ConcurrentDictionary<RequestKind, Series> _series = new();

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (!request.Info.IsResourceRequest && !IsHealth(request.Info.Path))
        {
            await next(request);
            return;
        }
        var series = SeriesOf(request);
        var open = request.IsLongRunning ? series.LongRunning : request.Info.Verb is "get" or "list" ? _inflight.Reading : _inflight.Mutating;
        var (started, refused) = (time.GetTimestamp(), (int?)null);
        open.Add(1);
        try
        {
            await next(request);
        }
        catch (Exception failure)
        {
            // The answer is written further out.
            refused = CodeOf(failure, request.Http);
            throw;
        }
        finally
        {
            open.Add(-1);
            Count(request, series, started, refused ?? request.Loopback?.StatusCode ?? request.Http.Response.StatusCode);
        }
    }

    private static int? CodeOf(Exception failure, HttpContext http) => failure switch
    {
        StatusException refusal => refusal.Code,
        BadHttpRequestException bad => bad.StatusCode,
        _ => http.RequestAborted.IsCancellationRequested ? null : StatusCodes.Status500InternalServerError,
    };

    /// <summary>Of the paths beside the resources, upstream counts the health checks.</summary>
    private static bool IsHealth(string path) => path is "/healthz" or "/livez" or "/readyz";

    private static (GaugeValue Reading, GaugeValue Mutating) InflightOf(MetricRegistry metrics)
    {
        var gauge = metrics.Gauge("apiserver_current_inflight_requests", "Requests that are being answered.", "request_kind");
        return (gauge.With("readOnly"), gauge.With("mutating"));
    }

    private void Count(ApiRequest request, Series series, long started, int code)
    {
        var http = request.Http;
        series.Total(code).Increment();
        if (http.RequestAborted.IsCancellationRequested && !request.IsLongRunning)
        {
            _aborts.With(series.Kind.AbortLabels).Increment();
        }
        if (request.IsTerminated)
        {
            _terminations.With([.. series.Kind.Labels, code.ToString(CultureInfo.InvariantCulture)]).Increment();
        }
        if (!request.IsLongRunning)
        {
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            series.Duration.Observe(seconds);
            series.Service.Observe(Math.Max(0, seconds - request.Waited.TotalSeconds));
        }
        if (request.BodySize is { } size)
        {
            series.Bodies.Observe(size);
        }
        if (series.Kind.Verb is "GET" or "LIST" && (request.Streamed ?? http.Response.ContentLength) is { } length)
        {
            series.Sizes.Observe(length);
        }
    }

    private Series SeriesOf(ApiRequest request)
    {
        var kind = RequestKind.Of(request);
        if (_series.TryGetValue(kind, out var known))
        {
            return known;
        }
        return _series.GetOrAdd(_series.Count < MaxSeries ? kind : Other, k => new Series(k, this));
    }

    private readonly record struct RequestKind(
        string Verb, string DryRun, string Group, string Version, string Resource, string Subresource, string Scope)
    {
        private string Component => Resource.Length > 0 || Verb == "other" ? "apiserver" : "";

        public string[] Labels => [Verb, Group, Version, Resource, Subresource, Scope, Component];

        public string[] TimedLabels => [Verb, DryRun, Group, Version, Resource, Subresource, Scope, Component];

        public string GroupResource => Group.Length == 0 ? Resource : $"{Resource}.{Group}";

        /// <summary>By what a body is counted.</summary>
        public string BodyVerb => Verb switch
        {
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            _ => "delete",
        };

        public string[] AbortLabels => [Verb, Group, Version, Resource, Subresource, Scope];

        public static RequestKind Of(ApiRequest request)
        {
            var info = request.Info;
            if (!info.IsResourceRequest)
            {
                return new("GET", "", "", "", "", info.Path, "");
            }
            var dryRun = request.Http.Request.QueryString.HasValue && request.Query["dryRun"] is { Count: > 0 } given ? given.ToString() : "";
            return new(
                VerbOf(info), dryRun is "All" ? dryRun : "", info.ApiGroup, info.ApiVersion, info.Resource, info.Subresource, info.Scope);
        }

        private static string VerbOf(RequestInfo info) => info switch
        {
            { Subresource: "exec" or "attach" or "portforward" or "proxy" } => "CONNECT",
            { Verb: "get" } => "GET",
            { Verb: "list" } => "LIST",
            { Verb: "watch" } => "WATCH",
            { Verb: "create" } => "POST",
            { Verb: "update" } => "PUT",
            { Verb: "patch" } => "PATCH",
            { Verb: "delete" } => "DELETE",
            { Verb: "deletecollection" } => "DELETECOLLECTION",
            _ => "other",
        };
    }

    /// <summary>The values of one kind of request, looked up once.</summary>
    private sealed class Series(RequestKind kind, MetricsFilter metrics)
    {
        private readonly ConcurrentDictionary<int, CounterValue> _totals = new();

        public RequestKind Kind => kind;

        public HistogramValue Duration { get; } = metrics._duration.With(kind.TimedLabels);

        public HistogramValue Service { get; } = metrics._service.With(kind.Labels);

        public HistogramValue Sizes { get; } = metrics._sizes.With(kind.Labels);

        public HistogramValue Bodies => field ??= metrics._bodies.With(kind.GroupResource, kind.BodyVerb);

        public GaugeValue LongRunning { get; } = metrics._longRunning.With(kind.Labels);

        public CounterValue Total(int code) => _totals.GetOrAdd(
            code, static (c, series) => series.metrics._total.With([.. series.kind.TimedLabels, c.ToString(CultureInfo.InvariantCulture)]), (metrics, kind));
    }
}
