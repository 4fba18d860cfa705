namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaCondition")]
public sealed partial class FlowSchemaCondition : IApiType<FlowSchemaCondition>
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
