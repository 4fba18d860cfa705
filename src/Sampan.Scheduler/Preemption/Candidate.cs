using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Preemption;

/// <summary>A node on which the pod fits once the victims are gone.</summary>
/// <param name="Node">The node.</param>
/// <param name="Victims">Most important first; at least one.</param>
/// <param name="Violations">How many victims a disruption budget would have kept.</param>
internal sealed record Candidate(NodeInfo Node, IReadOnlyList<PodInfo> Victims, long Violations)
{
    /// <summary>Whether a victim is not going already.</summary>
    public static bool IsToBeTold(PodInfo victim) => victim.Pod.Metadata.DeletionTimestamp is null;
}
