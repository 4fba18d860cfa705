namespace Sampan.Api.Resource.V1Alpha3;

[ApiType("io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestSpec")]
public sealed partial class ResourcePoolStatusRequestSpec : IApiType<ResourcePoolStatusRequestSpec>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("poolName", 2, Pointer = true)]
    public string? PoolName { get; set; }

    [Field("limit", 3, Default = "100")]
    public int? Limit { get; set; }
}
