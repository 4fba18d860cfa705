namespace Sampan.Api.Resource.V1;

/// <summary>How a device counts against a resource of its node.</summary>
[ApiType("io.k8s.api.resource.v1.NodeAllocatableResourceMapping")]
public sealed partial class NodeAllocatableResourceMapping : IApiType<NodeAllocatableResourceMapping>
{
    /// <summary>The capacity of the device whose amount is counted; the device itself when absent.</summary>
    [Field("capacityKey", 1, Pointer = true)]
    public string? CapacityKey { get; set; }

    /// <summary>What one unit counts for in the node's resource.</summary>
    [Field("allocationMultiplier", 2)]
    public Quantity? AllocationMultiplier { get; set; }
}
