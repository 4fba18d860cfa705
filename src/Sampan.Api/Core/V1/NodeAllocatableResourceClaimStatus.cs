namespace Sampan.Api.Core.V1;

/// <summary>Ordinary node resources, such as cpu and memory, that a pod received through a ResourceClaim.</summary>
[ApiType("io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus")]
public sealed partial class NodeAllocatableResourceClaimStatus : IApiType<NodeAllocatableResourceClaimStatus>
{
    /// <summary>ResourceClaim of the pod through which the resources were given.</summary>
    [Field("resourceClaimName", 1, Required = true)]
    public string ResourceClaimName { get; set; } = "";

    /// <summary>Containers of the pod that use the claim.</summary>
    [Field("containers", 2, ListType = "set")]
    public List<string>? Containers { get; set; }

    /// <summary>Total given through the claim, by resource.</summary>
    [Field("resources", 3, Required = true)]
    public Dictionary<string, Quantity> Resources { get; set; } = [];
}
