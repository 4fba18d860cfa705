namespace Sampan.Api.Core.V1;

/// <summary>A request for devices, and their allocation once there is one.</summary>
[ApiType("io.k8s.api.core.v1.ResourceClaim")]
public sealed partial class ResourceClaim : IApiType<ResourceClaim>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("request", 2)]
    public string? Request { get; set; }
}
