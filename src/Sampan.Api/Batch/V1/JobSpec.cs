using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Batch.V1;

/// <summary>Work to be done by pods that run to an end.</summary>
[ApiType("io.k8s.api.batch.v1.JobSpec")]
public sealed partial class JobSpec : IApiType<JobSpec>
{
    /// <summary>Most pods to run at a time; 1 by default, 0 halts the job.</summary>
    [Field("parallelism", 1)]
    public int? Parallelism { get; set; }

    /// <summary>How many pods must succeed; if absent, one success completes the job and the other pods just finish.</summary>
    [Field("completions", 2)]
    public int? Completions { get; set; }

    /// <summary>Seconds the job may take in all before it fails and its pods are ended; starts anew after a suspension.</summary>
    [Field("activeDeadlineSeconds", 3)]
    public long? ActiveDeadlineSeconds { get; set; }

    /// <summary>Rules by which some pod failures count differently; needs pods with restart policy Never.</summary>
    [Field("podFailurePolicy", 11)]
    public PodFailurePolicy? PodFailurePolicy { get; set; }

    /// <summary>Rules by which the job succeeds before all indexes have; only for Indexed jobs, immutable.</summary>
    [Field("successPolicy", 16)]
    public SuccessPolicy? SuccessPolicy { get; set; }

    /// <summary>
    /// How many pod failures are retried before the job fails; 6 by default, or practically no limit if there is one per index.
    /// </summary>
    [Field("backoffLimit", 7)]
    public int? BackoffLimit { get; set; }

    /// <summary>Retries each index has before it fails; for Indexed jobs with restart policy Never, immutable.</summary>
    [Field("backoffLimitPerIndex", 12)]
    public int? BackoffLimitPerIndex { get; set; }

    /// <summary>How many indexes may fail before the whole job does; with a limit per index only. Absent lets all indexes run.</summary>
    [Field("maxFailedIndexes", 13)]
    public int? MaxFailedIndexes { get; set; }

    /// <summary>Labels the job knows its pods by; normally left to the system, and immutable.</summary>
    [Field("selector", 4)]
    public LabelSelector? Selector { get; set; }

    /// <summary>
    /// True takes selector and pod labels as you give them, and you must make sure that they are unique; false generates them.
    /// </summary>
    [Field("manualSelector", 5)]
    public bool? ManualSelector { get; set; }

    /// <summary>What the pods look like; their restart policy must be Never or OnFailure.</summary>
    [Field("template", 6, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    /// <summary>Seconds after which the finished job is deleted; 0 deletes it at once, absent keeps it.</summary>
    [Field("ttlSecondsAfterFinished", 8)]
    public int? TtlSecondsAfterFinished { get; set; }

    /// <summary>
    /// NonIndexed: any successes count (default); Indexed: each number from 0 to completions minus 1 needs a pod of its own. Immutable.
    /// </summary>
    [Field("completionMode", 9, Pointer = true)]
    public string? CompletionMode { get; set; }

    /// <summary>True creates no pods and deletes those running, until set to false; false by default.</summary>
    [Field("suspend", 10)]
    public bool? Suspend { get; set; }

    /// <summary>
    /// When a substitute is made: TerminatingOrFailed as soon as a pod is being deleted, or Failed once it has ended; only Failed with a
    /// failure policy.
    /// </summary>
    [Field("podReplacementPolicy", 14, Pointer = true)]
    public string? PodReplacementPolicy { get; set; }

    /// <summary>
    /// Outside controller that runs the job, such as example.com/queue; the built-in one if absent. At most 63 characters, immutable.
    /// </summary>
    [Field("managedBy", 15, Pointer = true)]
    public string? ManagedBy { get; set; }
}
