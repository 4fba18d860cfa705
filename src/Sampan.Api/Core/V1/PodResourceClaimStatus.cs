namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodResourceClaimStatus")]
public sealed partial class PodResourceClaimStatus : IApiType<PodResourceClaimStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("resourceClaimName", 2, Pointer = true)]
    public string? ResourceClaimName { get; set; }
}
