using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Apps;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Checks of jobs.</summary>
internal static class JobValidation
{
    public static void ValidateSpec(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        WorkloadValidation.NotNegative(path.Child("parallelism"), spec.Parallelism ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("completions"), spec.Completions ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("backoffLimit"), spec.BackoffLimit ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("ttlSecondsAfterFinished"), spec.TtlSecondsAfterFinished ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex ?? 0, errors);
        ValidateCompletionMode(spec, path, errors);
        WorkloadValidation.Template(spec.Template, path.Child("template"), "", errors);
        if (spec.Template.Spec.RestartPolicy is not ("OnFailure" or "Never"))
        {
            var restart = path.Child("template").Child("spec").Child("restartPolicy");
            if (spec.Template.Spec.RestartPolicy is null or "" or "Always")
            {
                errors.Required(restart, "valid values: \"OnFailure\", \"Never\"");
            }
            else
            {
                errors.NotSupported(restart, spec.Template.Spec.RestartPolicy, "OnFailure", "Never");
            }
        }
    }

    public static void ValidateUpdate(JobSpec spec, Job old, FieldErrors errors)
    {
        var (path, was) = (FieldPath.Of("spec"), old.Spec);
        if (spec.Completions != was.Completions && spec.CompletionMode != "Indexed")
        {
            errors.Invalid(path.Child("completions"), spec.Completions, "field is immutable");
        }
        if (!(spec.Selector?.DeepEquals(was.Selector) ?? was.Selector is null))
        {
            errors.Invalid(path.Child("selector"), spec.Selector, "field is immutable");
        }
        if (spec.CompletionMode != was.CompletionMode)
        {
            errors.Invalid(path.Child("completionMode"), spec.CompletionMode, "field is immutable");
        }
        // A suspended job that never ran may still be placed elsewhere.
        var mutable = was.Suspend == true && old.Status.StartTime is null;
        if (!mutable && !spec.Template.DeepEquals(was.Template))
        {
            errors.Invalid(path.Child("template"), spec.Template, "field is immutable");
        }
    }

    private static void ValidateCompletionMode(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.CompletionMode is not (null or "NonIndexed" or "Indexed"))
        {
            errors.NotSupported(path.Child("completionMode"), spec.CompletionMode, "NonIndexed", "Indexed");
        }
        if (spec is { CompletionMode: "Indexed", Completions: null })
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }
    }
}
