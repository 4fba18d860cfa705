namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodResourceClaim")]
public sealed partial class PodResourceClaim : IApiType<PodResourceClaim>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("resourceClaimName", 3, Pointer = true)]
    public string? ResourceClaimName { get; set; }

    [Field("resourceClaimTemplateName", 4, Pointer = true)]
    public string? ResourceClaimTemplateName { get; set; }
}
