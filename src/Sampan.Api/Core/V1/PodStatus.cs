namespace Sampan.Api.Core.V1;

/// <summary>What is observed of the pod.</summary>
[ApiType("io.k8s.api.core.v1.PodStatus")]
public sealed partial class PodStatus : IApiType<PodStatus>
{
    /// <summary>Generation of the pod that this status reflects.</summary>
    [Field("observedGeneration", 17)]
    public long ObservedGeneration { get; set; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    [Field("phase", 1)]
    public string? Phase { get; set; }

    /// <summary>Observations such as PodScheduled, Initialized and Ready.</summary>
    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<PodCondition>? Conditions { get; set; }

    /// <summary>Why the pod is in this state, for people.</summary>
    [Field("message", 3)]
    public string? Message { get; set; }

    /// <summary>Why the pod is in this state, in one word, such as Evicted.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Node on which room is being made, or expected, for the pod; it may end up elsewhere.</summary>
    [Field("nominatedNodeName", 11)]
    public string? NominatedNodeName { get; set; }

    /// <summary>The node's address.</summary>
    [Field("hostIP", 5)]
    public string? HostIP { get; set; }

    /// <summary>All addresses of the pod's node; the first equals hostIP.</summary>
    [Field("hostIPs", 16, ListType = "atomic", PatchStrategy = "merge", MergeKey = "ip")]
    public List<HostIP>? HostIPs { get; set; }

    /// <summary>The pod's address.</summary>
    [Field("podIP", 6)]
    public string? PodIP { get; set; }

    /// <summary>All addresses of the pod, at most one IPv4 and one IPv6; the first equals podIP.</summary>
    [Field("podIPs", 12, ListType = "map", ListKeys = ["ip"], PatchStrategy = "merge", MergeKey = "ip")]
    public List<PodIP>? PodIPs { get; set; }

    /// <summary>When the kubelet took on the pod, before any image was pulled.</summary>
    [Field("startTime", 7, Pointer = true)]
    public Time? StartTime { get; set; }

    /// <summary>What the node reports about each init container and sidecar.</summary>
    [Field("initContainerStatuses", 10, ListType = "atomic")]
    public List<ContainerStatus>? InitContainerStatuses { get; set; }

    /// <summary>The state of each container.</summary>
    [Field("containerStatuses", 8, ListType = "atomic")]
    public List<ContainerStatus>? ContainerStatuses { get; set; }

    /// <summary>Order of eviction when a node runs short: BestEffort goes first, then Burstable, then Guaranteed.</summary>
    [Field("qosClass", 9)]
    public string? QosClass { get; set; }

    /// <summary>What the node reports about each ephemeral container.</summary>
    [Field("ephemeralContainerStatuses", 13, ListType = "atomic")]
    public List<ContainerStatus>? EphemeralContainerStatuses { get; set; }

    /// <summary>Former state of a resize; replaced by the conditions PodResizePending and PodResizeInProgress.</summary>
    [Field("resize", 14)]
    public string? Resize { get; set; }

    /// <summary>Which ResourceClaims were made for the pod.</summary>
    [Field("resourceClaimStatuses", 15, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodResourceClaimStatus>? ResourceClaimStatuses { get; set; }

    /// <summary>Devices that the pod got for its extended resources.</summary>
    [Field("extendedResourceClaimStatus", 18)]
    public PodExtendedResourceClaimStatus? ExtendedResourceClaimStatus { get; set; }

    /// <summary>Total requests that the node has granted the pod.</summary>
    [Field("allocatedResources", 19)]
    public Dictionary<string, Quantity>? AllocatedResources { get; set; }

    /// <summary>Requests and limits in force for the pod as a whole, if it sets any.</summary>
    [Field("resources", 20)]
    public ResourceRequirements? Resources { get; set; }

    /// <summary>Ordinary resources, such as cpu and memory, that the pod got through ResourceClaims.</summary>
    [Field("nodeAllocatableResourceClaimStatuses", 21, ListType = "atomic")]
    public List<NodeAllocatableResourceClaimStatus>? NodeAllocatableResourceClaimStatuses { get; set; }
}
