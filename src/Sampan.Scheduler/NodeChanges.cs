using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler;

/// <summary>What changed between two versions of a node or a placed pod, in terms of what pods may wait for.</summary>
internal static class NodeChanges
{
    public static ClusterEventKind Between(Node? old, Node current)
    {
        if (old is null) return ClusterEventKind.NodeAdd;
        var kind = ClusterEventKind.None;
        if (!new NodeStatus { Allocatable = old.Status.Allocatable }.DeepEquals(new() { Allocatable = current.Status.Allocatable })) kind |= ClusterEventKind.NodeAllocatable;
        if (!new Api.Meta.V1.ObjectMeta { Labels = old.Metadata.Labels }.DeepEquals(new() { Labels = current.Metadata.Labels })) kind |= ClusterEventKind.NodeLabel;
        if (!new NodeSpec { Taints = old.Spec.Taints }.DeepEquals(new() { Taints = current.Spec.Taints })) kind |= ClusterEventKind.NodeTaint;
        if (!new Api.Meta.V1.ObjectMeta { Annotations = old.Metadata.Annotations }.DeepEquals(new() { Annotations = current.Metadata.Annotations })) kind |= ClusterEventKind.NodeAnnotation;
        if (!old.Status.DeclaredFeatures.OrEmpty().SequenceEqual(current.Status.DeclaredFeatures.OrEmpty())) kind |= ClusterEventKind.NodeDeclaredFeatures;
        if (!Conditions(old).SequenceEqual(Conditions(current))) kind |= ClusterEventKind.NodeCondition;
        if (old.Spec.Unschedulable != current.Spec.Unschedulable) kind |= ClusterEventKind.NodeUnschedulable;
        return kind;
    }

    private static IEnumerable<(string, string)> Conditions(Node node) =>
        node.Status.Conditions.OrEmpty().Select(c => (c.Type, c.Status)).OrderBy(c => c.Type, StringComparer.Ordinal);

    public static ClusterEventKind BetweenAssigned(PodInfo? old, PodInfo current)
    {
        if (old is null) return ClusterEventKind.AssignedPodAdd;
        if (old.CountsAs(current)) return ClusterEventKind.None;
        var (before, after) = (old.Requests, current.Requests);
        var kind = before.Equals(after) ? ClusterEventKind.AssignedPodLabel : ClusterEventKind.None;
        return before.IsLargerIn(after, among: before) ? kind | ClusterEventKind.AssignedPodScaleDown : kind;
    }
}
