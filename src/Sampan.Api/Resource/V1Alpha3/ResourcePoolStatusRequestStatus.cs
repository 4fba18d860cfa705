using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Alpha3;

/// <summary>The pools that were counted.</summary>
[ApiType("io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestStatus")]
public sealed partial class ResourcePoolStatusRequestStatus : IApiType<ResourcePoolStatusRequestStatus>
{
    /// <summary>How many pools matched, whether or not the answer holds them all.</summary>
    [Field("poolCount", 6, Required = true, OmitEmpty = true)]
    public int? PoolCount { get; set; }

    /// <summary>The pools, by driver and name.</summary>
    [Field("pools", 2, ListType = "atomic")]
    public List<PoolStatus>? Pools { get; set; }

    /// <summary>Findings about the request: whether it was answered, or why not.</summary>
    [Field("conditions", 3, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
