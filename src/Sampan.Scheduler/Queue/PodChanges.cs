using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Queue;

/// <summary>What changed between two versions of a pod that waits, in terms of what its plugins may have refused it for.</summary>
internal static class PodChanges
{
    public static ClusterEventKind Between(PodInfo old, PodInfo current)
    {
        var kind = ClusterEventKind.None;
        if (!PodInfo.SameLabels(old.Pod.Metadata.Labels, current.Pod.Metadata.Labels)) kind |= ClusterEventKind.PodLabel;
        if (old.Requests.IsLargerIn(current.Requests, among: old.Requests)) kind |= ClusterEventKind.PodScaleDown;
        if (old.Pod.Spec.SchedulingGates is { Count: > 0 } && current.Pod.Spec.SchedulingGates is not { Count: > 0 }) kind |= ClusterEventKind.PodGatesEliminated;
        if (old.Pod.Spec.Tolerations.OrEmpty().Count != current.Pod.Spec.Tolerations.OrEmpty().Count) kind |= ClusterEventKind.PodToleration;
        if (!SameClaims(old, current)) kind |= ClusterEventKind.PodResourceClaims;
        return kind == ClusterEventKind.None ? ClusterEventKind.PodUpdate : kind;
    }

    private static bool SameClaims(PodInfo old, PodInfo current) =>
        Claims(old).SequenceEqual(Claims(current))
        && old.Pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName == current.Pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName;

    private static IEnumerable<(string, string?)> Claims(PodInfo pod) =>
        pod.Pod.Status.ResourceClaimStatuses.OrEmpty().Select(claim => (claim.Name, claim.ResourceClaimName));
}
