using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How device plugins come and answer, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class DeviceMetrics(MetricRegistry registry)
{
    private readonly Counter _registrations = registry.Counter("kubelet_device_plugin_registration_total", "[ALPHA] How often device plugins have registered, by resource.", "resource_name");
    private readonly Histogram _allocations = registry.Histogram(
        "kubelet_device_plugin_alloc_duration_seconds", "[ALPHA] Seconds until a device plugin has answered a request for devices, by resource.", Buckets.Default, "resource_name");

    public void Registered(string resource) => _registrations.With(resource).Increment();

    public void Allocated(string resource, TimeSpan took) => _allocations.With(resource).Observe(took.TotalSeconds);
}
