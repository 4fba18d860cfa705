namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.ResourceClaimSpec")]
public sealed partial class ResourceClaimSpec : IApiType<ResourceClaimSpec>
{
    [Field("devices", 1)]
    public DeviceClaim Devices { get; set; } = new();
}
