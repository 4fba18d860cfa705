using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Alpha3;

[ApiType("io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestStatus")]
public sealed partial class ResourcePoolStatusRequestStatus : IApiType<ResourcePoolStatusRequestStatus>
{
    [Field("poolCount", 6, Required = true, OmitEmpty = true)]
    public int? PoolCount { get; set; }

    [Field("pools", 2, ListType = "atomic")]
    public List<PoolStatus>? Pools { get; set; }

    [Field("conditions", 3, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
