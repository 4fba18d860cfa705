using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How device plugins come and answer, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class DeviceMetrics(MetricRegistry registry)
{
    private readonly Counter _registrations = registry.Counter("kubelet_device_plugin_registration_total", "[ALPHA] Cumulative number of device plugin registrations. Broken down by resource name.", "resource_name");
    private readonly Histogram _allocations = registry.Histogram(
        "kubelet_device_plugin_alloc_duration_seconds", "[ALPHA] Duration in seconds to serve a device plugin Allocation request. Broken down by resource name.", Buckets.Default, "resource_name");

    public void Registered(string resource) => _registrations.With(resource).Increment();

    public void Allocated(string resource, TimeSpan took) => _allocations.With(resource).Observe(took.TotalSeconds);
}
