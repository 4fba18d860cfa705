namespace Sampan.Api.Autoscaling.V2;

/// <summary>Speed limits for scaling up and down.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior")]
public sealed partial class HorizontalPodAutoscalerBehavior : IApiType<HorizontalPodAutoscalerBehavior>
{
    /// <summary>Limits on adding pods; by default the larger of 4 pods or doubling every 15 seconds, without waiting.</summary>
    [Field("scaleUp", 1)]
    public HPAScalingRules? ScaleUp { get; set; }

    /// <summary>Limits on removing pods; by default any number, after 5 minutes of lower need.</summary>
    [Field("scaleDown", 2)]
    public HPAScalingRules? ScaleDown { get; set; }
}
