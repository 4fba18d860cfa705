using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Cloud;

/// <summary>How the provider serves nodes, load balancers and routes, under upstream's names.</summary>
internal sealed class CloudMetrics(MetricRegistry registry)
{
    private readonly CounterValue _balancers = registry.Counter("service_controller_loadbalancer_sync_total", "How often a load balancer was configured.").With();
    private readonly CounterValue _balancerErrors = registry.Counter("service_controller_nodesync_error_total", "How often a load balancer could not be told of changed nodes.").With();
    private readonly HistogramValue _nodeSync = registry.Histogram("service_controller_nodesync_latency_seconds", "How long changed nodes take to reach the load balancers.", Buckets.From(1, 2, 15)).With();
    private readonly HistogramValue _update = registry.Histogram("service_controller_update_loadbalancer_host_latency_seconds", "How long the provider takes to change the nodes of a load balancer.", Buckets.From(1, 2, 15)).With();
    private readonly HistogramValue _nodeReady = registry.Histogram("node_controller_initial_node_sync_delay_seconds", "How long after its creation a node is told what its machine is.", Buckets.From(1, 4, 6)).With();
    private readonly HistogramValue _taint = registry.Histogram("node_controller_cloud_provider_taint_removal_delay_seconds", "How long after its creation a node loses the taint that keeps pods away.", Buckets.From(1, 4, 6)).With();
    private readonly CounterValue _routes = registry.Counter("route_controller_route_sync_total", "How often routes were compared with the provider's.").With();

    public void BalancerMade() => _balancers.Increment();

    public void NodesGiven(TimeSpan took, bool failed)
    {
        _balancers.Increment();
        if (failed) _balancerErrors.Increment();
        _update.Observe(took.TotalSeconds);
        _nodeSync.Observe(took.TotalSeconds);
    }

    public void NodeInitialized(TimeSpan age)
    {
        _nodeReady.Observe(age.TotalSeconds);
        _taint.Observe(age.TotalSeconds);
    }

    public void RoutesCompared() => _routes.Increment();
}
