using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Jobs. Unless it is made by hand, the selector is the job's own UID.</summary>
internal sealed class JobStrategy() : SpecStatusStrategy<Job>(Parts)
{
    private const string UidLabel = "batch.kubernetes.io/controller-uid";
    private const string NameLabel = "batch.kubernetes.io/job-name";
    private const string OldUidLabel = "controller-uid";
    private const string OldNameLabel = "job-name";

    private static readonly SpecStatus<Job> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        job => job.Status = new JobStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool OrphansDependentsByDefault => true;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["status.successful"];

    public static void ApplyDefaults(JobSpec spec)
    {
        if (spec.Completions is null && spec.Parallelism is null)
        {
            (spec.Completions, spec.Parallelism) = (1, 1);
        }
        spec.Parallelism ??= 1;
        spec.BackoffLimit ??= spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue;
        spec.CompletionMode = string.IsNullOrEmpty(spec.CompletionMode) ? "NonIndexed" : spec.CompletionMode;
        spec.Suspend ??= false;
        spec.PodReplacementPolicy ??= spec.PodFailurePolicy is null ? "TerminatingOrFailed" : "Failed";
        PodDefaults.ApplyTemplate(spec.Template.Spec);
    }

    protected override IReadOnlyList<string> SelectableFieldValues(Job job) => [job.Status.Succeeded.ToString()];

    protected override void Default(Job job)
    {
        if (job.Metadata.Labels.OrEmpty().Count == 0 && job.Spec.Template.Metadata.Labels is { Count: > 0 } labels)
        {
            job.Metadata.Labels = new(labels);
        }
        ApplyDefaults(job.Spec);
    }

    protected override void PrepareSpecForCreate(WriteContext context, Job job)
    {
        var spec = job.Spec;
        if (spec.ManualSelector == true)
        {
            return;
        }
        var labels = spec.Template.Metadata.Labels ??= [];
        labels[OldNameLabel] = labels[NameLabel] = job.Metadata.Name;
        labels[OldUidLabel] = labels[UidLabel] = job.Metadata.Uid;
        spec.Selector ??= new LabelSelector();
        spec.Selector.MatchLabels ??= [];
        spec.Selector.MatchLabels[UidLabel] = job.Metadata.Uid;
    }

    protected override void Validate(WriteContext context, Job job, FieldErrors errors)
    {
        WorkloadValidation.Selector(job.Spec.Selector, job.Spec.Template, "job", errors);
        JobValidation.ValidateSpec(job.Spec, FieldPath.Of("spec"), errors);
    }

    protected override void ValidateUpdate(WriteContext context, Job job, Job old, FieldErrors errors)
    {
        JobValidation.ValidateSpec(job.Spec, FieldPath.Of("spec"), errors);
        JobValidation.ValidateUpdate(job.Spec, old, errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, Job job, Job? old)
    {
        if (old is null && job.Spec.CompletionMode == "Indexed" && job.Spec.Completions > 100_000 && job.Spec.Parallelism > 10_000)
        {
            yield return "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, "
                + "Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
        }
    }
}
