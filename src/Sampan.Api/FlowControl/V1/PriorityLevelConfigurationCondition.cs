namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition")]
public sealed partial class PriorityLevelConfigurationCondition : IApiType<PriorityLevelConfigurationCondition>
{
    [Field("type", 1)]
    public string? Type { get; set; }

    [Field("status", 2)]
    public string? Status { get; set; }

    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("message", 5)]
    public string? Message { get; set; }
}
