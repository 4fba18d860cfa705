namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition")]
public sealed partial class HorizontalPodAutoscalerCondition : IApiType<HorizontalPodAutoscalerCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("message", 5)]
    public string? Message { get; set; }
}
