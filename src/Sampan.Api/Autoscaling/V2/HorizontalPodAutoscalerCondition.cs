namespace Sampan.Api.Autoscaling.V2;

/// <summary>One aspect of an autoscaler's state.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition")]
public sealed partial class HorizontalPodAutoscalerCondition : IApiType<HorizontalPodAutoscalerCondition>
{
    /// <summary>AbleToScale, ScalingActive or ScalingLimited.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether that is the case: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the status was last a different one.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause as a CamelCase word, such as ReadyForNewScale or FailedGetResourceMetric.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Cause as a sentence for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
