namespace Sampan.Scheduler.Queue;

/// <summary>Upstream's names of changes, for metrics.</summary>
internal static class EventNames
{
    private static readonly Dictionary<ClusterEventKind, string> Names = new()
    {
        [ClusterEventKind.NodeAllocatable] = "NodeUpdateNodeAllocatable",
        [ClusterEventKind.NodeLabel] = "NodeUpdateNodeLabel",
        [ClusterEventKind.NodeTaint] = "NodeUpdateNodeTaint",
        [ClusterEventKind.NodeAnnotation] = "NodeUpdateNodeAnnotation",
        [ClusterEventKind.NodeCondition] = "NodeUpdateNodeCondition",
        [ClusterEventKind.NodeDeclaredFeatures] = "NodeUpdateNodeDeclaredFeature",
        [ClusterEventKind.NodeUnschedulable] = "NodeUpdateNodeTaint",
        [ClusterEventKind.AssignedPodScaleDown] = "AssignedPodUpdatePodScaleDown",
        [ClusterEventKind.AssignedPodLabel] = "AssignedPodUpdatePodLabel",
        [ClusterEventKind.PodLabel] = "UnschedulablePodUpdatePodLabel",
        [ClusterEventKind.PodScaleDown] = "UnschedulablePodUpdatePodScaleDown",
        [ClusterEventKind.PodGatesEliminated] = "UnschedulablePodUpdatePodSchedulingGatesEliminated",
        [ClusterEventKind.PodToleration] = "UnschedulablePodUpdatePodToleration",
        [ClusterEventKind.PodResourceClaims] = "UnschedulablePodUpdatePodGeneratedResourceClaim",
        [ClusterEventKind.PodUpdate] = "UnschedulablePodUpdate",
    };

    public static string OfChange(string kind, object? old, object? current) => kind + (current is null ? "Delete" : old is null ? "Add" : "Update");

    /// <summary>The name of a change; of the first, when one update is several.</summary>
    public static string Of(ClusterEventKind kind)
    {
        var first = (ClusterEventKind)((long)kind & -(long)kind);
        return Names.TryGetValue(first, out var name) ? name : first.ToString();
    }
}
