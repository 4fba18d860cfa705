using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Beta2;

/// <summary>How far a taint has taken effect.</summary>
[ApiType("io.k8s.api.resource.v1beta2.DeviceTaintRuleStatus")]
public sealed partial class DeviceTaintRuleStatus : IApiType<DeviceTaintRuleStatus>
{
    /// <summary>Findings about the rule; EvictionInProgress says whether pods are still to go.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
