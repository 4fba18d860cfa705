namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior")]
public sealed partial class HorizontalPodAutoscalerBehavior : IApiType<HorizontalPodAutoscalerBehavior>
{
    [Field("scaleUp", 1)]
    public HPAScalingRules? ScaleUp { get; set; }

    [Field("scaleDown", 2)]
    public HPAScalingRules? ScaleDown { get; set; }
}
