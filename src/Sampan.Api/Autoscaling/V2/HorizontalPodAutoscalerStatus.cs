namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus")]
public sealed partial class HorizontalPodAutoscalerStatus : IApiType<HorizontalPodAutoscalerStatus>
{
    [Field("observedGeneration", 1)]
    public long? ObservedGeneration { get; set; }

    [Field("lastScaleTime", 2, Pointer = true)]
    public Time? LastScaleTime { get; set; }

    [Field("currentReplicas", 3)]
    public int CurrentReplicas { get; set; }

    [Field("desiredReplicas", 4, Required = true)]
    public int DesiredReplicas { get; set; }

    [Field("currentMetrics", 5, ListType = "atomic")]
    public List<MetricStatus>? CurrentMetrics { get; set; }

    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<HorizontalPodAutoscalerCondition>? Conditions { get; set; }
}
