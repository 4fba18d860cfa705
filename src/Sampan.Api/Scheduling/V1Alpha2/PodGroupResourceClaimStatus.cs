namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupResourceClaimStatus")]
public sealed partial class PodGroupResourceClaimStatus : IApiType<PodGroupResourceClaimStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("resourceClaimName", 2, Pointer = true)]
    public string? ResourceClaimName { get; set; }
}
