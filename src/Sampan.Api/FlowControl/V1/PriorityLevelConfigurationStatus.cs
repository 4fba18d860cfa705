namespace Sampan.Api.FlowControl.V1;

/// <summary>What is known of a priority level.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus")]
public sealed partial class PriorityLevelConfigurationStatus : IApiType<PriorityLevelConfigurationStatus>
{
    /// <summary>The findings about the level, one per type.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<PriorityLevelConfigurationCondition>? Conditions { get; set; }
}
