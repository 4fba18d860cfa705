namespace Sampan.Api.Core.V1;

/// <summary>Health of the devices given for one resource.</summary>
[ApiType("io.k8s.api.core.v1.ResourceStatus")]
public sealed partial class ResourceStatus : IApiType<ResourceStatus>
{
    /// <summary>The resource: one from the container's requests, or claim:NAME/REQUEST for a ResourceClaim.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Devices given for the resource, each with its health.</summary>
    [Field("resources", 2, ListType = "map", ListKeys = ["resourceID"])]
    public List<ResourceHealth>? Resources { get; set; }
}
