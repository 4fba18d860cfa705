using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>
/// What may change in a job. Where its pods run and what they use may change while it is suspended. Upstream looks at the spec twice: as
/// one of a new job, and as one of a changed job.
/// </summary>
internal static class JobUpdateValidation
{
    public static void Validate(Job job, Job old, FieldErrors errors)
    {
        var (spec, was, path) = (job.Spec, old.Spec, FieldPath.Of("spec"));
        JobValidation.Validate(job, old, errors);
        JobValidation.ValidateWhole(spec, was, path, errors);
        ValidateCompletions(spec, was, path.Child("completions"), errors);
        FieldChecks.Same(path.Child("selector"), spec.Selector, was.Selector, errors);
        ValidateTemplate(spec.Template, was.Template, IsSuspended(old), path.Child("template"), errors);
        FieldChecks.Same(path.Child("completionMode"), spec.CompletionMode, was.CompletionMode, errors);
        FieldChecks.Same(path.Child("podFailurePolicy"), spec.PodFailurePolicy, was.PodFailurePolicy, errors);
        FieldChecks.SameValue(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex, was.BackoffLimitPerIndex, errors);
        FieldChecks.Same(path.Child("managedBy"), spec.ManagedBy, was.ManagedBy, errors);
        FieldChecks.Same(path.Child("successPolicy"), spec.SuccessPolicy, was.SuccessPolicy, errors);
    }

    private static bool IsSuspended(Job job) =>
        job.Spec.Suspend == true
        && (job.Status.StartTime is null || job.Status.Conditions.OrEmpty().Any(one => one is { Type: "Suspended", Status: "True" }));

    private static void ValidateCompletions(JobSpec spec, JobSpec old, FieldPath path, FieldErrors errors)
    {
        if (spec.CompletionMode != "Indexed")
        {
            FieldChecks.SameValue(path, spec.Completions, old.Completions, errors);
        }
        else if (spec.Completions is { } completions && completions != old.Completions && completions != spec.Parallelism)
        {
            errors.Invalid(path, completions, "can only be modified in tandem with spec.parallelism");
        }
    }

    private static void ValidateTemplate(PodTemplateSpec template, PodTemplateSpec old, bool suspended, FieldPath path, FieldErrors errors)
    {
        var expected = old;
        if (suspended)
        {
            expected = old.DeepClone();
            var (to, from) = (expected.Spec, template.Spec);
            (to.NodeSelector, to.Tolerations, to.SchedulingGates) = (from.NodeSelector, from.Tolerations, from.SchedulingGates);
            (expected.Metadata.Annotations, expected.Metadata.Labels) = (template.Metadata.Annotations, template.Metadata.Labels);
            TakeNodeAffinity(to, from);
            TakeResources(to.Containers, from.Containers);
            TakeResources(to.InitContainers, from.InitContainers);
        }
        FieldChecks.Same(path, template, expected, errors);
    }

    private static void TakeNodeAffinity(PodSpec to, PodSpec from)
    {
        if (from.Affinity?.NodeAffinity is null && to.Affinity is null)
        {
            return;
        }
        to.Affinity ??= new Affinity();
        to.Affinity.NodeAffinity = from.Affinity?.NodeAffinity;
        if (from.Affinity is null && to.Affinity.DeepEquals(new Affinity()))
        {
            to.Affinity = null;
        }
    }

    private static void TakeResources(List<Container>? to, List<Container>? from)
    {
        foreach (var (target, source) in to.OrEmpty().Zip(from.OrEmpty()))
        {
            target.Resources = source.Resources;
        }
    }
}
