using Sampan.Api.Apps.V1;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>How much of each set that is updated pod by pod is missing, and how much may be, under upstream's names.</summary>
internal static class StatefulSetMetrics
{
    private static readonly string[] Labels = ["statefulset_namespace", "statefulset_name", "pod_management_policy"];

    public static void AddTo(MetricRegistry registry, Func<IEnumerable<StatefulSet>> sets)
    {
        Add("statefulset_max_unavailable", "Maximum number of unavailable pods allowed during StatefulSet rolling updates", StatefulPlan.MaxUnavailable);
        Add("statefulset_unavailable_replicas", "Current number of unavailable pods in StatefulSet", set => Math.Max(0, (set.Spec.Replicas ?? 1) - set.Status.AvailableReplicas));

        void Add(string name, string help, Func<StatefulSet, int> count) => registry.Collect(
            $"statefulset_controller_{name}", help, "gauge", Labels, () => sets().Where(IsRolling).Select(set => (ValuesOf(set), (double)count(set))));
    }

    private static bool IsRolling(StatefulSet set) => set.Spec.UpdateStrategy.Type != "OnDelete";

    private static string[] ValuesOf(StatefulSet set) => [set.Metadata.Namespace, set.Metadata.Name, set.Spec.PodManagementPolicy ?? "OrderedReady"];
}
