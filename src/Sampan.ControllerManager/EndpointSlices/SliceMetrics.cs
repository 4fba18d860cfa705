using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>What is done to EndpointSlices, under upstream's names.</summary>
internal sealed class SliceMetrics
{
    private readonly Counter _changes;
    private readonly Counter _syncs;
    private readonly HistogramValue _changed;
    private readonly MetricRegistry _registry;
    private readonly string _prefix;

    /// <param name="registry">Where the process counts.</param>
    /// <param name="prefix">Upstream's name of the controller: endpoint_slice_controller.</param>
    public SliceMetrics(MetricRegistry registry, string prefix)
    {
        (_registry, _prefix) = (registry, prefix);
        _changes = registry.Counter($"{prefix}_changes", "Number of EndpointSlice changes", "operation");
        _syncs = registry.Counter($"{prefix}_syncs", "Number of EndpointSlice syncs", "result");
        _changed = registry.Histogram($"{prefix}_endpointslices_changed_per_sync", "Number of EndpointSlices changed on each Service sync", [0, 1, 2, 5, 10, 20, 50, 100]).With();
    }

    public void Written(SlicePlan plan)
    {
        Add("create", plan.Create.Count);
        Add("update", plan.Update.Count);
        Add("delete", plan.Delete.Count);
        _changed.Observe(plan.Create.Count + plan.Update.Count + plan.Delete.Count);
    }

    public void Synced(bool success) => _syncs.With(success ? "success" : "error").Increment();

    /// <summary>Shows how many there are now.</summary>
    public void Observe(Func<(int Endpoints, int Slices, int Fewest)> count)
    {
        _registry.Gauge($"{_prefix}_endpoints_desired", "Number of endpoints desired").With().Observe(() => count().Endpoints);
        _registry.Gauge($"{_prefix}_num_endpoint_slices", "Number of EndpointSlices").With().Observe(() => count().Slices);
        _registry.Gauge($"{_prefix}_desired_endpoint_slices", "Number of EndpointSlices that would exist with perfect endpoint allocation").With().Observe(() => count().Fewest);
    }

    private void Add(string operation, int count)
    {
        if (count > 0) _changes.With(operation).Increment(count);
    }
}
