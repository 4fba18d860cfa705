namespace Sampan.Api.Core.V1;

/// <summary>A request for devices, and their allocation once there is one.</summary>
[ApiType("io.k8s.api.core.v1.ResourceClaim")]
public sealed partial class ResourceClaim : IApiType<ResourceClaim>
{
    /// <summary>Entry of the pod's resource claims that the container uses.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The one request of the claim that the container gets; everything in the claim when absent.</summary>
    [Field("request", 2)]
    public string? Request { get; set; }
}
