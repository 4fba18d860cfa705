namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec")]
public sealed partial class HorizontalPodAutoscalerSpec : IApiType<HorizontalPodAutoscalerSpec>
{
    [Field("scaleTargetRef", 1, Required = true)]
    public CrossVersionObjectReference ScaleTargetRef { get; set; } = new();

    [Field("minReplicas", 2)]
    public int? MinReplicas { get; set; }

    [Field("maxReplicas", 3, Required = true)]
    public int MaxReplicas { get; set; }

    [Field("metrics", 4, ListType = "atomic")]
    public List<MetricSpec>? Metrics { get; set; }

    [Field("behavior", 5)]
    public HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}
