using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.Common;

/// <summary>How many pods a controller evicted, and how long after they were due.</summary>
/// <param name="registry">Where the process counts.</param>
/// <param name="prefix">Upstream's name of the controller: taint_eviction_controller.</param>
internal sealed class EvictionMetrics(MetricRegistry registry, string prefix)
{
    private readonly CounterValue _deletions = registry.Counter($"{prefix}_pod_deletions_total", "Total number of Pods deleted by this controller since its start.").With();

    private readonly HistogramValue _latency = registry.Histogram(
        $"{prefix}_pod_deletion_duration_seconds",
        "Latency, in seconds, between the time when a taint effect has been activated for the Pod and its deletion.",
        [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 30, 60, 120, 180, 240]).With();

    public void Deleted(TimeSpan late)
    {
        _deletions.Increment();
        _latency.Observe(Math.Max(0, late.TotalSeconds));
    }
}
