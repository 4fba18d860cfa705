namespace Sampan.Api.FlowControl.V1;

/// <summary>One finding about a schema.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaCondition")]
public sealed partial class FlowSchemaCondition : IApiType<FlowSchemaCondition>
{
    /// <summary>What the finding is about; Dangling says whether the priority level is missing.</summary>
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
