namespace Sampan.Api.Batch.V1;

/// <summary>Counts of a job's pods, and whether it has finished.</summary>
[ApiType("io.k8s.api.batch.v1.JobStatus")]
public sealed partial class JobStatus : IApiType<JobStatus>
{
    /// <summary>States the job is in; finished once Complete or Failed is True.</summary>
    [Field("conditions", 1, ListType = "atomic", PatchStrategy = "merge", MergeKey = "type")]
    public List<JobCondition>? Conditions { get; set; }

    /// <summary>When the job was started, or last resumed; absent while it is suspended from the outset.</summary>
    [Field("startTime", 2, Pointer = true)]
    public Time? StartTime { get; set; }

    /// <summary>When the job succeeded; stays absent if it fails.</summary>
    [Field("completionTime", 3, Pointer = true)]
    public Time? CompletionTime { get; set; }

    /// <summary>Pods pending or running, without those being deleted; 0 when finished.</summary>
    [Field("active", 4)]
    public int Active { get; set; }

    /// <summary>Pods that ended with success and have been counted.</summary>
    [Field("succeeded", 5)]
    public int Succeeded { get; set; }

    /// <summary>Pods that ended in failure and have been counted; never falls.</summary>
    [Field("failed", 6)]
    public int Failed { get; set; }

    /// <summary>Pods being deleted that have not ended yet; absent if not counted.</summary>
    [Field("terminating", 11)]
    public int? Terminating { get; set; }

    /// <summary>Indexes that succeeded, as ascending numbers and ranges such as 0,2-5; for Indexed jobs.</summary>
    [Field("completedIndexes", 7)]
    public string? CompletedIndexes { get; set; }

    /// <summary>Indexes given up, in the same notation as the completed ones; with a retry limit per index only.</summary>
    [Field("failedIndexes", 10, Pointer = true)]
    public string? FailedIndexes { get; set; }

    /// <summary>Ended pods on their way into the counts, so that none is counted twice or missed.</summary>
    [Field("uncountedTerminatedPods", 8)]
    public UncountedTerminatedPods? UncountedTerminatedPods { get; set; }

    /// <summary>Active pods that are ready.</summary>
    [Field("ready", 9)]
    public int? Ready { get; set; }
}
