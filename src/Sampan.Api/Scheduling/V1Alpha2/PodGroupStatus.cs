using Sampan.Api.Meta.V1;

namespace Sampan.Api.Scheduling.V1Alpha2;

[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupStatus")]
public sealed partial class PodGroupStatus : IApiType<PodGroupStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }

    [Field("resourceClaimStatuses", 2, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodGroupResourceClaimStatus>? ResourceClaimStatuses { get; set; }
}
