using Sampan.Api.Meta.V1;

namespace Sampan.Api.Resource.V1Alpha3;

[ApiType("io.k8s.api.resource.v1alpha3.DeviceTaintRuleStatus")]
public sealed partial class DeviceTaintRuleStatus : IApiType<DeviceTaintRuleStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
