using Sampan.Client.Metrics;
using Sampan.Kubelet.Nodes;

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
    private readonly string? _shutdownFile;
    private ShutdownTimes _shutdown = new();
    private DateTimeOffset? _triedAt;
    private DateTimeOffset? _registeredAt;
    private bool _isReady;

    /// <param name="registry">Where they are shown.</param>
    /// <param name="bootedAt">When the machine came up.</param>
    /// <param name="time">What time it is.</param>
    /// <param name="shutdownFile">Keeps the times of the last shutdown; null to forget them with the process.</param>
    public NodeMetrics(MetricRegistry registry, DateTimeOffset bootedAt, TimeProvider time, string? shutdownFile = null)
    {
        (_time, _bootedAt, _startedAt, _shutdownFile) = (time, bootedAt, time.GetUtcNow(), shutdownFile);
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
        if (shutdownFile is not null && ShutdownTimes.Read(shutdownFile) is { } last)
        {
            Show(last);
        }

        registry.Gauge("kubelet_metrics_provider", "[ALPHA] Where figures of containers come from: cadvisor or cri.", "provider").With("cadvisor").Set(1);
    }

    public void ShutdownBegan() => Keep(new() { Start = Now() });

    public void ShutdownEnded() => Keep(_shutdown with { End = Now() });

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

    private DateTime Now() => _time.GetUtcNow().UtcDateTime;

    private void Keep(ShutdownTimes times)
    {
        Show(times);
        if (_shutdownFile is not null)
        {
            times.Write(_shutdownFile);
        }
    }

    private void Show(ShutdownTimes times)
    {
        _shutdown = times;
        _shutdownStart.Set(Seconds(times.Start));
        _shutdownEnd.Set(Seconds(times.End));
    }

    private static double Seconds(DateTime at) => at == default ? 0 : new DateTimeOffset(at).ToUnixTimeSeconds();

    private static GaugeValue Startup(MetricRegistry registry, string part, string when) =>
        registry.Gauge($"kubelet_node_startup{part}_duration_seconds", $"[ALPHA] Seconds {when}.").With();
}
