namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodExtendedResourceClaimStatus")]
public sealed partial class PodExtendedResourceClaimStatus : IApiType<PodExtendedResourceClaimStatus>
{
    [Field("requestMappings", 1, Required = true, ListType = "atomic")]
    public List<ContainerExtendedResourceRequest> RequestMappings { get; set; } = [];

    [Field("resourceClaimName", 2, Required = true)]
    public string ResourceClaimName { get; set; } = "";
}
