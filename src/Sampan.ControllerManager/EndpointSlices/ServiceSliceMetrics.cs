using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>What is counted of Services with a selector beside their slices.</summary>
internal sealed class ServiceSliceMetrics(MetricRegistry registry) : SliceMetrics(registry, Prefix, "Service")
{
    private const string Prefix = "endpoint_slice_controller";
    private readonly Counter _syncs = registry.Counter($"{Prefix}_syncs", "Number of EndpointSlice syncs", "result");

    private readonly Histogram _changed = registry.Histogram(
        $"{Prefix}_endpointslices_changed_per_sync", "Number of EndpointSlices changed on each Service sync", [0, 1, 2, 5, 10, 20, 50, 100], "topology", "traffic_distribution");

    public override void Written(SlicePlan plan)
    {
        base.Written(plan);
        _changed.With(plan.Template.Topology, plan.Template.TrafficDistribution).Observe(plan.Create.Count + plan.Update.Count + plan.Delete.Count);
    }

    public void Synced(bool success) => _syncs.With(success ? "success" : "error").Increment();
}
