using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Queue;

/// <summary>The changes that can make a pod schedulable. Flags, so that one update can be several.</summary>
[Flags]
public enum ClusterEventKind
{
    None = 0,
    NodeAdd = 1,
    NodeAllocatable = 2,
    NodeLabel = 4,
    NodeTaint = 8,
    NodeUnschedulable = 16,
    AssignedPodAdd = 32,
    AssignedPodDelete = 64,
    AssignedPodScaleDown = 128,
    AssignedPodLabel = 256,
    NodeDelete = 512,
}

/// <summary>One change of the cluster, with the node or pod it concerns.</summary>
public sealed record ClusterEvent(ClusterEventKind Kind, Node? Node = null, PodInfo? Pod = null);
