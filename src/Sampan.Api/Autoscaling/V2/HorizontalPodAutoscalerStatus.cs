namespace Sampan.Api.Autoscaling.V2;

/// <summary>What an autoscaler last measured and decided.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus")]
public sealed partial class HorizontalPodAutoscalerStatus : IApiType<HorizontalPodAutoscalerStatus>
{
    /// <summary>Generation of the autoscaler that was last evaluated.</summary>
    [Field("observedGeneration", 1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>When the number of pods was last changed by the autoscaler.</summary>
    [Field("lastScaleTime", 2, Pointer = true)]
    public Time? LastScaleTime { get; set; }

    /// <summary>Pods the target had when last looked at.</summary>
    [Field("currentReplicas", 3)]
    public int CurrentReplicas { get; set; }

    /// <summary>Pods the autoscaler last worked out as needed, within the bounds.</summary>
    [Field("desiredReplicas", 4, Required = true)]
    public int DesiredReplicas { get; set; }

    /// <summary>Last reading of each metric.</summary>
    [Field("currentMetrics", 5, ListType = "atomic")]
    public List<MetricStatus>? CurrentMetrics { get; set; }

    /// <summary>Whether and why the autoscaler can scale, one entry per type.</summary>
    [Field("conditions", 6, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<HorizontalPodAutoscalerCondition>? Conditions { get; set; }
}
