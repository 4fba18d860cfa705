namespace Sampan.Api.Core.V1;

/// <summary>What is observed of the pod.</summary>
[ApiType("io.k8s.api.core.v1.PodStatus")]
public sealed partial class PodStatus : IApiType<PodStatus>
{
    [Field("observedGeneration", 17)]
    public long ObservedGeneration { get; set; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    [Field("phase", 1)]
    public string? Phase { get; set; }

    /// <summary>Observations such as PodScheduled, Initialized and Ready.</summary>
    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<PodCondition>? Conditions { get; set; }

    [Field("message", 3)]
    public string? Message { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("nominatedNodeName", 11)]
    public string? NominatedNodeName { get; set; }

    /// <summary>The node's address.</summary>
    [Field("hostIP", 5)]
    public string? HostIP { get; set; }

    [Field("hostIPs", 16, ListType = "atomic", PatchStrategy = "merge", MergeKey = "ip")]
    public List<HostIP>? HostIPs { get; set; }

    /// <summary>The pod's address.</summary>
    [Field("podIP", 6)]
    public string? PodIP { get; set; }

    [Field("podIPs", 12, ListType = "map", ListKeys = ["ip"], PatchStrategy = "merge", MergeKey = "ip")]
    public List<PodIP>? PodIPs { get; set; }

    [Field("startTime", 7, Pointer = true)]
    public Time? StartTime { get; set; }

    [Field("initContainerStatuses", 10, ListType = "atomic")]
    public List<ContainerStatus>? InitContainerStatuses { get; set; }

    /// <summary>The state of each container.</summary>
    [Field("containerStatuses", 8, ListType = "atomic")]
    public List<ContainerStatus>? ContainerStatuses { get; set; }

    [Field("qosClass", 9)]
    public string? QosClass { get; set; }

    [Field("ephemeralContainerStatuses", 13, ListType = "atomic")]
    public List<ContainerStatus>? EphemeralContainerStatuses { get; set; }

    [Field("resize", 14)]
    public string? Resize { get; set; }

    [Field("resourceClaimStatuses", 15, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodResourceClaimStatus>? ResourceClaimStatuses { get; set; }

    [Field("extendedResourceClaimStatus", 18)]
    public PodExtendedResourceClaimStatus? ExtendedResourceClaimStatus { get; set; }

    [Field("allocatedResources", 19)]
    public Dictionary<string, Quantity>? AllocatedResources { get; set; }

    [Field("resources", 20)]
    public ResourceRequirements? Resources { get; set; }

    [Field("nodeAllocatableResourceClaimStatuses", 21, ListType = "atomic")]
    public List<NodeAllocatableResourceClaimStatus>? NodeAllocatableResourceClaimStatuses { get; set; }
}
