using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.JobSpec")]
public sealed partial class JobSpec : IApiType<JobSpec>
{
    [Field("parallelism", 1)]
    public int? Parallelism { get; set; }

    [Field("completions", 2)]
    public int? Completions { get; set; }

    [Field("activeDeadlineSeconds", 3)]
    public long? ActiveDeadlineSeconds { get; set; }

    [Field("podFailurePolicy", 11)]
    public PodFailurePolicy? PodFailurePolicy { get; set; }

    [Field("successPolicy", 16)]
    public SuccessPolicy? SuccessPolicy { get; set; }

    [Field("backoffLimit", 7)]
    public int? BackoffLimit { get; set; }

    [Field("backoffLimitPerIndex", 12)]
    public int? BackoffLimitPerIndex { get; set; }

    [Field("maxFailedIndexes", 13)]
    public int? MaxFailedIndexes { get; set; }

    [Field("selector", 4)]
    public LabelSelector? Selector { get; set; }

    [Field("manualSelector", 5)]
    public bool? ManualSelector { get; set; }

    [Field("template", 6, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    [Field("ttlSecondsAfterFinished", 8)]
    public int? TtlSecondsAfterFinished { get; set; }

    [Field("completionMode", 9, Pointer = true)]
    public string? CompletionMode { get; set; }

    [Field("suspend", 10)]
    public bool? Suspend { get; set; }

    [Field("podReplacementPolicy", 14, Pointer = true)]
    public string? PodReplacementPolicy { get; set; }

    [Field("managedBy", 15, Pointer = true)]
    public string? ManagedBy { get; set; }
}
