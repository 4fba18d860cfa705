using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Queue;

/// <summary>The changes that can make a pod schedulable. Flags, so that one update can be several.</summary>
[Flags]
public enum ClusterEventKind : long
{
    None = 0,
    NodeAdd = 1,
    NodeAllocatable = 1 << 1,
    NodeLabel = 1 << 2,
    NodeTaint = 1 << 3,
    NodeUnschedulable = 1 << 4,
    AssignedPodAdd = 1 << 5,
    AssignedPodDelete = 1 << 6,
    AssignedPodScaleDown = 1 << 7,
    AssignedPodLabel = 1 << 8,
    NodeDelete = 1 << 9,
    NodeAnnotation = 1 << 10,
    NodeCondition = 1 << 11,
    PersistentVolume = 1 << 12,
    PersistentVolumeClaim = 1 << 13,
    StorageClass = 1 << 14,
    CsiNode = 1 << 15,
    CsiDriver = 1 << 16,
    CsiStorageCapacity = 1 << 17,
    VolumeAttachment = 1 << 18,
    ResourceClaim = 1 << 19,
    ResourceSlice = 1 << 20,
    DeviceClass = 1 << 21,
    Namespace = 1 << 22,
    Service = 1 << 23,

    NodeDeclaredFeatures = 1 << 24,

    /// <summary>The waiting pod itself: its labels.</summary>
    PodLabel = 1 << 25,

    /// <summary>… it asks for less.</summary>
    PodScaleDown = 1 << 26,

    /// <summary>… its last scheduling gate is gone.</summary>
    PodGatesEliminated = 1 << 27,

    /// <summary>… it tolerates more.</summary>
    PodToleration = 1 << 28,

    /// <summary>… the claims that were made for it.</summary>
    PodResourceClaims = 1 << 29,

    /// <summary>… anything else.</summary>
    PodUpdate = 1 << 30,

    /// <summary>For plugins of the library's users.</summary>
    Other = 1L << 40,
}

/// <summary>One change of the cluster, with the node, pod or other object that it concerns.</summary>
public sealed record ClusterEvent(ClusterEventKind Kind, Node? Node = null, PodInfo? Pod = null, IObject? Object = null)
{
    /// <summary>The node as it was; null when it is new.</summary>
    public Node? OldNode { get; init; }

    /// <summary>The pod as it was; null when it is new here.</summary>
    public PodInfo? OldPod { get; init; }

    /// <summary>The object as it was; null when it is new.</summary>
    public IObject? OldObject { get; init; }

    /// <summary>The object is as it was when it went.</summary>
    public bool IsDeletion { get; init; }
}
