namespace Sampan.Api.Resource.V1;

/// <summary>What a claim wants.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimSpec")]
public sealed partial class ResourceClaimSpec : IApiType<ResourceClaimSpec>
{
    /// <summary>The devices that are wanted.</summary>
    [Field("devices", 1)]
    public DeviceClaim Devices { get; set; } = new();
}
