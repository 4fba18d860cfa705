namespace Sampan.Api.Resource.V1Alpha3;

/// <summary>The pools that are asked for.</summary>
[ApiType("io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestSpec")]
public sealed partial class ResourcePoolStatusRequestSpec : IApiType<ResourcePoolStatusRequestSpec>
{
    /// <summary>The driver whose pools are counted.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>The one pool that is counted; all of the driver's when absent.</summary>
    [Field("poolName", 2, Pointer = true)]
    public string? PoolName { get; set; }

    /// <summary>How many pools the answer may hold.</summary>
    [Field("limit", 3, Default = "100")]
    public int? Limit { get; set; }
}
