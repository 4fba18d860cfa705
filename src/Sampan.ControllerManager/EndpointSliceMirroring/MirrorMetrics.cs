using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.EndpointSlices;

namespace Sampan.ControllerManager.EndpointSliceMirroring;

/// <summary>What is counted of mirrored Endpoints beside their slices.</summary>
internal sealed class MirrorMetrics(MetricRegistry registry) : SliceMetrics(registry, Prefix, "Endpoints")
{
    private const string Prefix = "endpoint_slice_mirroring_controller";
    private readonly HistogramValue _updated = PerSync(registry, $"{Prefix}_endpoints_updated_per_sync", "Number of endpoints updated on each Endpoints sync");
    private readonly HistogramValue _skipped = PerSync(registry, $"{Prefix}_addresses_skipped_per_sync", "Number of addresses skipped on each Endpoints sync due to being invalid or exceeding MaxEndpointsPerSubset");
    private readonly HistogramValue _duration = registry.Histogram($"{Prefix}_endpoints_sync_duration", "Duration of syncEndpoints() in seconds", Buckets.From(0.001, 2, 15)).With();

    public override void Written(SlicePlan plan)
    {
        base.Written(plan);
        _updated.Observe(plan.Changed);
    }

    public void Skipped(int addresses) => _skipped.Observe(addresses);

    public void Synced(TimeSpan took) => _duration.Observe(took.TotalSeconds);
}
