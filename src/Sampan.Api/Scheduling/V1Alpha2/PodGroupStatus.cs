using Sampan.Api.Meta.V1;

namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>What became of a group.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupStatus")]
public sealed partial class PodGroupStatus : IApiType<PodGroupStatus>
{
    /// <summary>Findings about the group, such as whether it was placed.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }

    /// <summary>The ResourceClaims that stand behind the group's claims.</summary>
    [Field("resourceClaimStatuses", 2, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge,retainKeys", MergeKey = "name")]
    public List<PodGroupResourceClaimStatus>? ResourceClaimStatuses { get; set; }
}
