namespace Sampan.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec")]
public sealed partial class HorizontalPodAutoscalerSpec : IApiType<HorizontalPodAutoscalerSpec>
{
    [Field("scaleTargetRef", 1, Required = true)]
    public CrossVersionObjectReference ScaleTargetRef { get; set; } = new();

    [Field("minReplicas", 2)]
    public int? MinReplicas { get; set; }

    [Field("maxReplicas", 3, Required = true)]
    public int MaxReplicas { get; set; }

    /// <summary>Average CPU usage to aim for, in percent of what the pods request.</summary>
    [Field("targetCPUUtilizationPercentage", 4)]
    public int? TargetCPUUtilizationPercentage { get; set; }
}
