namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus")]
public sealed partial class NodeAllocatableResourceClaimStatus : IApiType<NodeAllocatableResourceClaimStatus>
{
    [Field("resourceClaimName", 1, Required = true)]
    public string ResourceClaimName { get; set; } = "";

    [Field("containers", 2, ListType = "set")]
    public List<string>? Containers { get; set; }

    [Field("resources", 3, Required = true)]
    public Dictionary<string, Quantity> Resources { get; set; } = [];
}
