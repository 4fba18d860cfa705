namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.JobStatus")]
public sealed partial class JobStatus : IApiType<JobStatus>
{
    [Field("conditions", 1, ListType = "atomic", PatchStrategy = "merge", MergeKey = "type")]
    public List<JobCondition>? Conditions { get; set; }

    [Field("startTime", 2, Pointer = true)]
    public Time? StartTime { get; set; }

    [Field("completionTime", 3, Pointer = true)]
    public Time? CompletionTime { get; set; }

    [Field("active", 4)]
    public int Active { get; set; }

    [Field("succeeded", 5)]
    public int Succeeded { get; set; }

    [Field("failed", 6)]
    public int Failed { get; set; }

    [Field("terminating", 11)]
    public int? Terminating { get; set; }

    [Field("completedIndexes", 7)]
    public string? CompletedIndexes { get; set; }

    [Field("failedIndexes", 10, Pointer = true)]
    public string? FailedIndexes { get; set; }

    [Field("uncountedTerminatedPods", 8)]
    public UncountedTerminatedPods? UncountedTerminatedPods { get; set; }

    [Field("ready", 9)]
    public int? Ready { get; set; }
}
