namespace Sampan.Api.FlowControl.V1;

/// <summary>One finding about a priority level.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition")]
public sealed partial class PriorityLevelConfigurationCondition : IApiType<PriorityLevelConfigurationCondition>
{
    /// <summary>What the finding is about.</summary>
    [Field("type", 1)]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Field("status", 2)]
    public string? Status { get; set; }

    /// <summary>When the finding last changed from one status to another.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Why, as one word for machines.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Why, in words for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
