namespace Sampan.Api.Batch.V1;

/// <summary>One aspect of a job's state.</summary>
[ApiType("io.k8s.api.batch.v1.JobCondition")]
public sealed partial class JobCondition : IApiType<JobCondition>
{
    /// <summary>Complete, Failed, Suspended, FailureTarget (about to fail) or SuccessCriteriaMet (about to complete).</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether the job is in that state: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the condition was last looked into.</summary>
    [Field("lastProbeTime", 3)]
    public Time? LastProbeTime { get; set; }

    /// <summary>When the status got its present value.</summary>
    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>CamelCase cause, such as BackoffLimitExceeded or DeadlineExceeded.</summary>
    [Field("reason", 5)]
    public string? Reason { get; set; }

    /// <summary>What happened, for people.</summary>
    [Field("message", 6)]
    public string? Message { get; set; }
}
