using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>How the nodes of each zone are, under upstream's names.</summary>
internal sealed class ZoneMetrics(MetricRegistry registry)
{
    private readonly Gauge _size = registry.Gauge("node_collector_zone_size", "Gauge measuring number of registered Nodes per zones.", "zone");
    private readonly Gauge _health = registry.Gauge("node_collector_zone_health", "Gauge measuring percentage of healthy nodes per zone.", "zone");
    private readonly Gauge _unhealthy = registry.Gauge("node_collector_unhealthy_nodes_in_zone", "Gauge measuring number of not Ready Nodes per zones.", "zone");
    private readonly Counter _evictions = registry.Counter("node_collector_evictions_total", "Number of Node evictions that happened since current instance of NodeController started.", "zone");

    private readonly HistogramValue _looked = registry.Histogram("node_collector_update_node_health_duration_seconds", "Duration in seconds for NodeController to update the health of a single node.", Buckets.From(0.001, 4, 8)).With();

    /// <summary>A node was looked at.</summary>
    public void Looked(TimeSpan took) => _looked.Observe(took.TotalSeconds);

    public void Set(string zone, int ready, int notReady)
    {
        _size.With(zone).Set(ready + notReady);
        _health.With(zone).Set(ready + notReady == 0 ? 100 : 100.0 * ready / (ready + notReady));
        _unhealthy.With(zone).Set(notReady);
    }

    public void Evicts(string zone) => _evictions.With(zone).Increment();
}
