namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.NodeAllocatableResourceMapping")]
public sealed partial class NodeAllocatableResourceMapping : IApiType<NodeAllocatableResourceMapping>
{
    [Field("capacityKey", 1, Pointer = true)]
    public string? CapacityKey { get; set; }

    [Field("allocationMultiplier", 2)]
    public Quantity? AllocationMultiplier { get; set; }
}
