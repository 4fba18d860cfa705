namespace Sampan.Api.Autoscaling.V2;

/// <summary>Target, bounds and metrics of an autoscaler.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec")]
public sealed partial class HorizontalPodAutoscalerSpec : IApiType<HorizontalPodAutoscalerSpec>
{
    /// <summary>The object to scale, such as a Deployment; it must have a scale endpoint.</summary>
    [Field("scaleTargetRef", 1, Required = true)]
    public CrossVersionObjectReference ScaleTargetRef { get; set; } = new();

    /// <summary>Fewest pods, 1 by default; 0 needs the HPAScaleToZero feature and an Object or External metric.</summary>
    [Field("minReplicas", 2)]
    public int? MinReplicas { get; set; }

    /// <summary>Most pods; not less than the minimum.</summary>
    [Field("maxReplicas", 3, Required = true)]
    public int MaxReplicas { get; set; }

    /// <summary>What to measure; the metric that asks for the most pods decides. 80% CPU usage when empty.</summary>
    [Field("metrics", 4, ListType = "atomic")]
    public List<MetricSpec>? Metrics { get; set; }

    /// <summary>Speed limits per direction; sensible defaults when absent.</summary>
    [Field("behavior", 5)]
    public HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}
