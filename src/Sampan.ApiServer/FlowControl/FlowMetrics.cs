using Sampan.Client.Metrics;

namespace Sampan.ApiServer.FlowControl;

/// <summary>Flow control's metrics, under upstream's names.</summary>
internal sealed class FlowMetrics(MetricRegistry metrics)
{
    private const string Prefix = "apiserver_flowcontrol_";
    private static readonly string[] FlowLabels = ["priority_level", "flow_schema"];
    private static readonly double[] WaitBounds = [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];

    private readonly Counter _dispatched = metrics.Counter(Prefix + "dispatched_requests_total", "Requests that got their seats.", "priority_level", "flow_schema");
    private readonly Counter _rejected = metrics.Counter(Prefix + "rejected_requests_total", "Requests that got none.", "priority_level", "flow_schema", "reason");
    private readonly Histogram _waited = metrics.Histogram(
        Prefix + "request_wait_duration_seconds", "Time in queues.", WaitBounds, "priority_level", "flow_schema", "execute");

    private readonly Histogram _executed = metrics.Histogram(
        Prefix + "request_execution_seconds", "Time in which requests are worked on; of watches until they have begun.",
        WaitBounds, "priority_level", "flow_schema", "type");

    private readonly Histogram _widths = metrics.Histogram(Prefix + "work_estimated_seats", "Seats that requests take.", [1, 2, 4, 10], FlowLabels);

    private readonly (Gauge Metric, Func<PriorityLevel, int> Value)[] _gauges =
    [
        (GaugeOf(metrics, "nominal_limit_seats", "Seats of the level's share."), level => level.Limits.Nominal),
        (GaugeOf(metrics, "lower_limit_seats", "Seats that are never lent."), level => level.Limits.Least),
        (GaugeOf(metrics, "upper_limit_seats", "Seats that borrowing may reach."), level => level.Limits.Most),
        (GaugeOf(metrics, "current_limit_seats", "Seats with what is lent and borrowed."), level => level.Seats),
    ];

    private readonly Gauge _seats = metrics.Gauge(Prefix + "current_executing_seats", "Seats in use.", FlowLabels);
    private readonly Gauge _executing = metrics.Gauge(Prefix + "current_executing_requests", "Requests that are worked on.", FlowLabels);
    private readonly Gauge _waiting = metrics.Gauge(Prefix + "current_inqueue_requests", "Requests that wait.", FlowLabels);

    public void Follow(PriorityLevel level)
    {
        foreach (var (metric, value) in _gauges) metric.With(level.Name).Observe(() => value(level));
    }

    public void Forget(string level)
    {
        foreach (var (metric, _) in _gauges) metric.Remove(level);
    }

    /// <summary>The series of the requests that one schema sends to its level.</summary>
    public FlowSeries Of(string level, string schema) => new(
        _dispatched.With(level, schema),
        _waited.With(level, schema, "true"),
        _waited.With(level, schema, "false"),
        reason => _rejected.With(level, schema, reason))
    {
        Execution = _executed.With(level, schema, "regular"),
        WatchStart = _executed.With(level, schema, "watch"),
        Widths = _widths.With(level, schema),
        Waiting = _waiting.With(level, schema),
        Executing = _executing.With(level, schema),
        ExecutingSeats = _seats.With(level, schema),
    };

    private static Gauge GaugeOf(MetricRegistry metrics, string name, string help) => metrics.Gauge(Prefix + name, help, "priority_level");
}
