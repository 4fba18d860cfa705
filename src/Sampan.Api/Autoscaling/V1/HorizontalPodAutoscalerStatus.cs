namespace Sampan.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus")]
public sealed partial class HorizontalPodAutoscalerStatus : IApiType<HorizontalPodAutoscalerStatus>
{
    [Field("observedGeneration", 1)]
    public long? ObservedGeneration { get; set; }

    [Field("lastScaleTime", 2, Pointer = true)]
    public Time? LastScaleTime { get; set; }

    [Field("currentReplicas", 3, Required = true)]
    public int CurrentReplicas { get; set; }

    [Field("desiredReplicas", 4, Required = true)]
    public int DesiredReplicas { get; set; }

    /// <summary>Average CPU usage of the pods, in percent of what they request.</summary>
    [Field("currentCPUUtilizationPercentage", 5)]
    public int? CurrentCPUUtilizationPercentage { get; set; }
}
