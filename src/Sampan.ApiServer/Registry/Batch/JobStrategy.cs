using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Jobs. Unless it is made by hand, the selector is the job's own UID.</summary>
internal sealed class JobStrategy() : SpecStatusStrategy<Job>(Parts)
{
    private const int ManyCompletions = 100_000;
    private const int ManyParallel = 10_000;

    private static readonly SpecStatus<Job> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        job => job.Status = new JobStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = job => job.Spec.Template.Spec,
    };

    public override bool OrphansDependentsByDefault => true;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["status.successful"];

    public static IEnumerable<string> WarningsOfSpec(IObject obj, IObject? old, JobSpec spec, FieldPath path)
    {
        if (spec is { CompletionMode: "Indexed", Completions: > ManyCompletions, Parallelism: > ManyParallel })
        {
            yield return $"{path}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, "
                + "Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
        }
        foreach (var warning in WorkloadWarnings.OfTemplate(obj, old, spec.Template, path.Child("template")))
        {
            yield return warning;
        }
    }

    protected override IReadOnlyList<string> SelectableFieldValues(Job job) => [job.Status.Succeeded.ToString()];

    protected override void Default(Job job)
    {
        if (job.Metadata.Labels.OrEmpty().Count == 0 && job.Spec.Template.Metadata.Labels is { Count: > 0 } labels)
        {
            job.Metadata.Labels = new(labels);
        }
        var spec = job.Spec;
        if (spec.Completions is null && spec.Parallelism is null)
        {
            (spec.Completions, spec.Parallelism) = (1, 1);
        }
        spec.Parallelism ??= 1;
        spec.BackoffLimit ??= spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue;
        spec.CompletionMode = string.IsNullOrEmpty(spec.CompletionMode) ? "NonIndexed" : spec.CompletionMode;
        spec.Suspend ??= false;
        spec.PodReplacementPolicy ??= spec.PodFailurePolicy is null ? "TerminatingOrFailed" : "Failed";
        spec.ManualSelector ??= false;
        JobDefaults.ApplyShared(spec);
    }

    protected override void PrepareSpecForCreate(WriteContext context, Job job)
    {
        if (job.Spec.ManualSelector == true)
        {
            return;
        }
        // Labels that the author gave stay; validation says when they are wrong.
        var labels = job.Spec.Template.Metadata.Labels ??= [];
        foreach (var (key, value) in JobLabels.Of(job))
        {
            labels.TryAdd(key, value);
        }
        job.Spec.Selector ??= new LabelSelector();
        (job.Spec.Selector.MatchLabels ??= []).TryAdd(JobLabels.Uid, job.Metadata.Uid);
    }

    protected override void Validate(WriteContext context, Job job, FieldErrors errors) => JobValidation.Validate(job, null, errors);

    protected override void ValidateUpdate(WriteContext context, Job job, Job old, FieldErrors errors) =>
        JobUpdateValidation.Validate(job, old, errors);

    protected override void ValidateStatusUpdate(WriteContext context, Job job, Job old, FieldErrors errors) =>
        JobStatusValidation.Validate(job, old, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, Job job, Job? old) =>
    [
        .. old is null ? WorkloadWarnings.OfName(job.Metadata.Name) : [],
        .. WarningsOfSpec(job, old, job.Spec, FieldPath.Of("spec")),
    ];
}
