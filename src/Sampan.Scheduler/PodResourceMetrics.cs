using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Client.Quota;

namespace Sampan.Scheduler;

/// <summary>
/// What each pod that has not ended asks for and may use, as the scheduler counts it: served at /metrics/resources by the one that leads.
/// Upstream: pkg/scheduler/metrics/resources.
/// </summary>
internal static class PodResourceMetrics
{
    private static readonly string[] Labels = ["namespace", "node", "pod", "priority", "resource", "scheduler", "unit"];

    public static string Render(IEnumerable<Pod> pods)
    {
        var current = pods.Where(pod => pod.Status.Phase is not ("Succeeded" or "Failed")).ToList();
        var registry = new MetricRegistry();
        Add("kube_pod_resource_request", "Resources requested by pods, by resource and its unit.", pod => PodTotals.Requests(pod));
        Add("kube_pod_resource_limit", "Resources that pods may use, by resource and its unit.", pod => PodTotals.Limits(pod));
        return registry.Render();

        void Add(string name, string help, Func<Pod, Dictionary<string, Quantity>> amounts) => registry.Collect(
            name, help, "gauge", Labels, () => current.SelectMany(pod => amounts(pod).Where(one => !one.Value.IsZero).Select(one => Series(pod, one.Key, one.Value))));
    }

    private static (string[] Values, double Value) Series(Pod pod, string resource, Quantity amount) =>
    (
        [
            pod.Metadata.Namespace, pod.Spec.NodeName ?? "", pod.Metadata.Name, pod.Spec.Priority?.ToString(CultureInfo.InvariantCulture) ?? "", resource,
            pod.Spec.SchedulerName ?? "", UnitOf(resource),
        ],
        amount.AsDouble());

    private static string UnitOf(string resource) => resource switch
    {
        "cpu" => "cores",
        "memory" or "storage" or "ephemeral-storage" => "bytes",
        _ when resource.StartsWith("hugepages-", StringComparison.Ordinal) => "bytes",
        _ => "integer",
    };
}
