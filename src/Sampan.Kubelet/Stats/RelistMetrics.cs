using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How the kubelet learns what became of containers, under upstream's names (pkg/kubelet/metrics, PLEG).</summary>
internal sealed class RelistMetrics
{
    private readonly Histogram _durations;
    private readonly Histogram _intervals;
    private readonly GaugeValue _lastSeen;
    private readonly CounterValue _connections;
    private readonly CounterValue _failures;
    private readonly Histogram _latencies;
    private readonly TimeProvider _time;
    private long? _last;

    public RelistMetrics(MetricRegistry registry, TimeProvider time)
    {
        _time = time;
        _durations = registry.Histogram("kubelet_pleg_relist_duration_seconds", "[ALPHA] Seconds that one listing of the runtime takes.", Buckets.Default);
        _intervals = registry.Histogram("kubelet_pleg_relist_interval_seconds", "[ALPHA] Seconds from one listing of the runtime to the next.", Buckets.Default);
        _lastSeen = registry.Gauge("kubelet_pleg_last_seen_seconds", "[ALPHA] When the runtime was last listed, in seconds since 1970.").With();
        registry.Counter("kubelet_pleg_discard_events", "[ALPHA] Events that nobody had room for.").With();
        _connections = registry.Counter("kubelet_evented_pleg_connection_success_count", "[ALPHA] How often the runtime's events were subscribed to.").With();
        _failures = registry.Counter("kubelet_evented_pleg_connection_error_count", "[ALPHA] How often the runtime's events broke off or could not be had.").With();
        _latencies = registry.Histogram("kubelet_evented_pleg_connection_latency_seconds", "[ALPHA] Seconds until the first of the runtime's events came.", Buckets.Default);
    }

    /// <summary>The runtime has listed all that it has.</summary>
    public void Relisted(TimeSpan took)
    {
        var now = _time.GetTimestamp();
        if (_last is { } last)
        {
            _intervals.With().Observe(_time.GetElapsedTime(last, now).TotalSeconds);
        }

        _last = now;
        _durations.With().Observe(took.TotalSeconds);
        _lastSeen.Set(_time.GetUtcNow().ToUnixTimeSeconds());
    }

    /// <summary>The runtime has told of a container by itself.</summary>
    /// <param name="isFirst">The first event of this connection.</param>
    /// <param name="waited">Since the connection was asked for.</param>
    public void Heard(bool isFirst, TimeSpan waited)
    {
        if (isFirst)
        {
            _connections.Increment();
            _latencies.With().Observe(waited.TotalSeconds);
        }
    }

    public void Lost() => _failures.Increment();
}
