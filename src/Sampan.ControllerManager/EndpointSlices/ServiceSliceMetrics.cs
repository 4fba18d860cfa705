using Sampan.Api.Core.V1;
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

    /// <summary>Shows how many Services say where their traffic should go.</summary>
    public static void Observe(MetricRegistry registry, Func<IEnumerable<Service>> services) => registry.Collect(
        $"{Prefix}_services_count_by_traffic_distribution",
        "Number of Services using some specific trafficDistribution",
        "gauge",
        ["traffic_distribution"],
        () => services().Where(ServiceSelectors.HasSelector).Select(s => s.Spec.TrafficDistribution).Where(t => !string.IsNullOrEmpty(t))
            .GroupBy(t => t is "PreferClose" or "PreferSameZone" or "PreferSameNode" ? t : "ImplementationSpecific").Select(g => (new[] { g.Key }, (double)g.Count())));

    public void Synced(bool success) => _syncs.With(success ? "success" : "error").Increment();
}
