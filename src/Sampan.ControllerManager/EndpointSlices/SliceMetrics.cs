using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>What is done to EndpointSlices, under upstream's names, which the controllers of slices have in common.</summary>
/// <param name="registry">Where the process counts.</param>
/// <param name="prefix">Upstream's name of the controller: endpoint_slice_controller.</param>
/// <param name="of">What is synced: Service.</param>
internal class SliceMetrics(MetricRegistry registry, string prefix, string of)
{
    private readonly Counter _changes = registry.Counter($"{prefix}_changes", "Number of EndpointSlice changes", "operation");
    private readonly HistogramValue _added = PerSync(registry, $"{prefix}_endpoints_added_per_sync", $"Number of endpoints added on each {of} sync");
    private readonly HistogramValue _removed = PerSync(registry, $"{prefix}_endpoints_removed_per_sync", $"Number of endpoints removed on each {of} sync");

    public virtual void Written(SlicePlan plan)
    {
        Add("create", plan.Create.Count);
        Add("update", plan.Update.Count);
        Add("delete", plan.Delete.Count);
        _added.Observe(plan.Added);
        _removed.Observe(plan.Removed);
    }

    /// <summary>Shows how many there are now.</summary>
    public void Observe(Func<(int Endpoints, int Slices, int Fewest)> count)
    {
        registry.Gauge($"{prefix}_endpoints_desired", "Number of endpoints desired").With().Observe(() => count().Endpoints);
        registry.Gauge($"{prefix}_num_endpoint_slices", "Number of EndpointSlices").With().Observe(() => count().Slices);
        registry.Gauge($"{prefix}_desired_endpoint_slices", "Number of EndpointSlices that would exist with perfect endpoint allocation").With().Observe(() => count().Fewest);
    }

    protected static HistogramValue PerSync(MetricRegistry registry, string name, string help) => registry.Histogram(name, help, Buckets.From(2, 2, 15)).With();

    private void Add(string operation, int count)
    {
        if (count > 0) _changes.With(operation).Increment(count);
    }
}
