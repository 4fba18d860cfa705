using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>The node's own beginning and end, under upstream's names (pkg/kubelet/metrics). Times are seconds, or seconds since 1970.</summary>
internal sealed class NodeMetrics
{
    private readonly TimeProvider _time;
    private readonly GaugeValue _shutdownStart;
    private readonly GaugeValue _shutdownEnd;
    private readonly Dictionary<string, GaugeValue> _startup;
    private readonly DateTimeOffset _bootedAt;
    private readonly DateTimeOffset _startedAt;
    private DateTimeOffset? _triedAt;
    private DateTimeOffset? _registeredAt;
    private bool _isReady;

    /// <param name="registry">Where they are shown.</param>
    /// <param name="bootedAt">When the machine came up.</param>
    /// <param name="time">What time it is.</param>
    public NodeMetrics(MetricRegistry registry, DateTimeOffset bootedAt, TimeProvider time)
    {
        (_time, _bootedAt, _startedAt) = (time, bootedAt, time.GetUtcNow());
        _shutdownStart = registry.Gauge("kubelet_graceful_shutdown_start_time_seconds", "[ALPHA] When the last shutdown of the node began, in seconds since 1970.").With();
        _shutdownEnd = registry.Gauge("kubelet_graceful_shutdown_end_time_seconds", "[ALPHA] When the last shutdown of the node was over, in seconds since 1970.").With();
        _startup = new()
        {
            ["_pre_kubelet"] = Startup(registry, "_pre_kubelet", "from the machine's start to the kubelet's"),
            ["_pre_registration"] = Startup(registry, "_pre_registration", "from the kubelet's start until it registers the node"),
            ["_registration"] = Startup(registry, "_registration", "to register the node"),
            ["_post_registration"] = Startup(registry, "_post_registration", "from then until the node is ready"),
            [""] = Startup(registry, "", "from the machine's start until the node is ready"),
        };
        registry.Gauge("kubelet_metrics_provider", "[ALPHA] Where figures of containers come from: cadvisor or cri.", "provider").With("cadvisor").Set(1);
    }

    public void ShutdownBegan()
    {
        _shutdownStart.Set(Now());
        _shutdownEnd.Set(0);
    }

    public void ShutdownEnded() => _shutdownEnd.Set(Now());

    /// <summary>The kubelet asks the API server to take the node in.</summary>
    public void Registers() => _triedAt ??= _time.GetUtcNow();

    /// <summary>A node that was not known before is known now.</summary>
    public void RegisteredNew() => _registeredAt ??= _time.GetUtcNow();

    /// <summary>The node was told to be ready. Only one that was new has a beginning to tell of.</summary>
    public void Ready()
    {
        if (_isReady || _triedAt is not { } tried || _registeredAt is not { } registered)
        {
            return;
        }

        _isReady = true;
        var now = _time.GetUtcNow();
        _startup["_pre_kubelet"].Set((_startedAt - _bootedAt).TotalSeconds);
        _startup["_pre_registration"].Set((tried - _startedAt).TotalSeconds);
        _startup["_registration"].Set((registered - tried).TotalSeconds);
        _startup["_post_registration"].Set((now - registered).TotalSeconds);
        _startup[""].Set((now - _bootedAt).TotalSeconds);
    }

    private double Now() => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private static GaugeValue Startup(MetricRegistry registry, string part, string when) =>
        registry.Gauge($"kubelet_node_startup{part}_duration_seconds", $"[ALPHA] Seconds {when}.").With();
}
