namespace Sampan.Api.Core.V1;

/// <summary>Devices given to a pod for extended resources, through a ResourceClaim made by the scheduler.</summary>
[ApiType("io.k8s.api.core.v1.PodExtendedResourceClaimStatus")]
public sealed partial class PodExtendedResourceClaimStatus : IApiType<PodExtendedResourceClaimStatus>
{
    /// <summary>Which device request serves which extended resource of which container.</summary>
    [Field("requestMappings", 1, Required = true, ListType = "atomic")]
    public List<ContainerExtendedResourceRequest> RequestMappings { get; set; } = [];

    /// <summary>ResourceClaim that was made, in the pod's namespace.</summary>
    [Field("resourceClaimName", 2, Required = true)]
    public string ResourceClaimName { get; set; } = "";
}
