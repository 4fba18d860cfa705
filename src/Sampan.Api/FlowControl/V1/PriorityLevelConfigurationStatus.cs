namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus")]
public sealed partial class PriorityLevelConfigurationStatus : IApiType<PriorityLevelConfigurationStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<PriorityLevelConfigurationCondition>? Conditions { get; set; }
}
