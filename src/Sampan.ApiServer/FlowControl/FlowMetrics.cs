using Sampan.Client.Metrics;

namespace Sampan.ApiServer.FlowControl;

/// <summary>Flow control's metrics, under upstream's names.</summary>
internal sealed class FlowMetrics(MetricRegistry metrics)
{
    private const string Prefix = "apiserver_flowcontrol_";
    private static readonly string[] FlowLabels = ["priority_level", "flow_schema"];
    private static readonly string[] PhaseLabels = ["phase", "priority_level"];
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

    private readonly (Gauge Metric, Func<SeatDemand, LevelDemand, double> Value)[] _demands =
    [
        (GaugeOf(metrics, "demand_seats_high_watermark", "The most seats that were wanted at once."), (demand, _) => demand.Peak),
        (GaugeOf(metrics, "demand_seats_average", "Seats that were wanted on average."), (demand, _) => demand.Average),
        (GaugeOf(metrics, "demand_seats_stdev", "By how much that varied."), (demand, _) => demand.Deviation),
        (GaugeOf(metrics, "demand_seats_smoothed", "Seats that were wanted of late."), (_, level) => level.Smoothed),
    ];

    private readonly Gauge _targets = GaugeOf(metrics, "target_seats", "Seats that the level was to get.");
    private readonly Gauge _fraction = metrics.Gauge(Prefix + "seat_fair_frac", "The fraction of their targets that the server had for all levels.");

    private readonly Histogram _seatUse = metrics.Histogram(
        Prefix + "priority_level_seat_utilization", "Seats in use as a fraction of the level's, for every nanosecond.",
        [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1], PhaseLabels);

    private readonly Histogram _requestUse = metrics.Histogram(
        Prefix + "priority_level_request_utilization", "Requests as a fraction of the level's seats or places, for every nanosecond.",
        [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1], PhaseLabels);

    private readonly Histogram _demand = metrics.Histogram(
        Prefix + "demand_seats", "Wanted seats as a fraction of the level's share, for every nanosecond.",
        [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.7, 2, 2.8, 4, 6], "priority_level");

    private readonly Gauge _waitingSeats = metrics.Gauge(Prefix + "current_inqueue_seats", "Seats that are waited for.", FlowLabels);
    private readonly Histogram _queues = metrics.Histogram(
        Prefix + "request_queue_length_after_enqueue", "Length of queues as each request finds them.", [0, 10, 25, 50, 100, 250, 500, 1000], FlowLabels);

    private readonly Gauge _seats = metrics.Gauge(Prefix + "current_executing_seats", "Seats in use.", FlowLabels);
    private readonly Gauge _executing = metrics.Gauge(Prefix + "current_executing_requests", "Requests that are worked on.", FlowLabels);
    private readonly Gauge _waiting = metrics.Gauge(Prefix + "current_inqueue_requests", "Requests that wait.", FlowLabels);

    public void Follow(PriorityLevel level)
    {
        foreach (var (metric, value) in _gauges) metric.With(level.Name).Observe(() => value(level));
        level.Report(new UseSeries(
            _seatUse.With("executing", level.Name), _requestUse.With("executing", level.Name), _requestUse.With("waiting", level.Name), _demand.With(level.Name)));
    }

    /// <summary>Tells what a level wanted in the last period.</summary>
    public void Wanted(string level, SeatDemand period, LevelDemand demand)
    {
        foreach (var (metric, value) in _demands) metric.With(level).Set(value(period, demand));
    }

    /// <summary>Tells what the levels were to get of the server's seats.</summary>
    public void Shared(IReadOnlyList<PriorityLevel> levels, SeatShares shares)
    {
        for (int i = 0; i < levels.Count; i++) _targets.With(levels[i].Name).Set(shares.Targets[i]);
        _fraction.With().Set(shares.Fraction);
    }

    public void Forget(string level)
    {
        foreach (var metric in _gauges.Select(one => one.Metric).Concat(_demands.Select(one => one.Metric)).Append(_targets)) metric.Remove(level);
        _demand.Remove(level);
        _seatUse.Remove("executing", level);
        foreach (string phase in (string[])["executing", "waiting"]) _requestUse.Remove(phase, level);
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
        WaitingSeats = _waitingSeats.With(level, schema),
        QueueLengths = _queues.With(level, schema),
        Executing = _executing.With(level, schema),
        ExecutingSeats = _seats.With(level, schema),
    };

    private static Gauge GaugeOf(MetricRegistry metrics, string name, string help) => metrics.Gauge(Prefix + name, help, "priority_level");
}
