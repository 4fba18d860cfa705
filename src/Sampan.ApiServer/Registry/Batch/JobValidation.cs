using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Checks of jobs. Upstream: pkg/apis/batch/validation.</summary>
internal static class JobValidation
{
    private const int MaxManagedBy = 63;
    private const int MaxIndexed = 100_000;
    private const int MaxManyIndexed = 10_000;

    /// <summary>The labels and the selector that a job without a manual selector gets.</summary>
    private static void ValidateGenerated(Job job, Job? old, FieldErrors errors)
    {
        if (job.Spec.ManualSelector == true || job.Spec.Selector is not { } selector)
        {
            return;
        }
        var labels = job.Spec.Template.Metadata.Labels;
        var path = FieldPath.Of("spec").Child("template").Child("metadata").Child("labels");
        var generated = JobLabels.Expected(job, old);
        foreach (var (key, value) in generated)
        {
            if (!labels.OrEmpty().TryGetValue(key, out var actual))
            {
                errors.Required(path.Key(key), $"must be '{value}'");
            }
            else if (actual != value)
            {
                errors.Invalid(path.Key(key), labels, $"must be '{value}'");
            }
        }
        var checks = new FieldErrors();
        LabelSelectorValidation.Validate(selector, path, checks);
        if (!checks.Any && !Selector.From(selector).Matches(new Dictionary<string, string>(generated)))
        {
            errors.Invalid(FieldPath.Of("spec").Child("selector"), selector, "`selector` not auto-generated");
        }
    }

    /// <summary>An indexed job's pods have hostnames made of its name and the index.</summary>
    private static void ValidateHostnames(Job job, FieldErrors errors)
    {
        if (job.Spec is not { CompletionMode: "Indexed", Completions: { } completions and > 0 })
        {
            return;
        }
        var last = $"{job.Metadata.Name}-{completions - 1}";
        if (Names.IsDns1123Label(last).Count > 0)
        {
            errors.Invalid(
                FieldPath.Of("metadata").Child("name"), job.Metadata.Name, $"will not able to create pod with invalid DNS label: {last}");
        }
    }

    /// <summary>A job as a new one.</summary>
    /// <param name="old">The job before an update.</param>
    public static void Validate(Job job, Job? old, FieldErrors errors)
    {
        ValidateGenerated(job, old, errors);
        ValidateWhole(job.Spec, old?.Spec, FieldPath.Of("spec"), errors);
        ValidateHostnames(job, errors);
    }

    /// <summary>A job's own spec, with its selector.</summary>
    public static void ValidateWhole(JobSpec spec, JobSpec? old, FieldPath path, FieldErrors errors)
    {
        ValidateSpec(spec, old, path, errors);
        if (spec.Selector is not { } selector)
        {
            errors.Required(path.Child("selector"));
            return;
        }
        var before = errors.Count;
        LabelSelectorValidation.Validate(selector, path.Child("selector"), errors, old?.Selector);
        if (errors.Count == before)
        {
            WorkloadValidation.MatchesTemplate(Selector.From(selector), spec.Template, path.Child("template"), errors);
        }
    }

    public static void ValidateTemplate(JobSpec spec, JobSpec? old, FieldPath path, FieldErrors errors)
    {
        ValidateSpec(spec, old, path, errors);
        if (spec.Selector is not null)
        {
            errors.Invalid(path.Child("selector"), spec.Selector, "`selector` will be auto-generated");
        }
        if (spec.ManualSelector == true)
        {
            errors.NotSupported(path.Child("manualSelector"), true, "nil", "false");
        }
    }

    private static void ValidateSpec(JobSpec spec, JobSpec? old, FieldPath path, FieldErrors errors)
    {
        FieldChecks.NotNegative(path.Child("parallelism"), spec.Parallelism, errors);
        FieldChecks.NotNegative(path.Child("completions"), spec.Completions, errors);
        FieldChecks.NotNegative(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds, errors);
        FieldChecks.NotNegative(path.Child("backoffLimit"), spec.BackoffLimit, errors);
        FieldChecks.NotNegative(path.Child("ttlSecondsAfterFinished"), spec.TtlSecondsAfterFinished, errors);
        FieldChecks.NotNegative(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex, errors);
        FieldChecks.NotNegative(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, errors);
        if (spec is { MaxFailedIndexes: not null, BackoffLimitPerIndex: null })
        {
            errors.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
        ValidateManager(spec.ManagedBy, path.Child("managedBy"), errors);
        ValidateCompletionMode(spec, path, errors);
        JobPolicyValidation.Validate(spec, path, errors);
        WorkloadValidation.Template(spec.Template, old?.Template, path.Child("template"), errors);
        ValidateRestartPolicy(spec, path.Child("template").Child("spec").Child("restartPolicy"), errors);
    }

    private static void ValidateManager(string? manager, FieldPath path, FieldErrors errors)
    {
        if (manager is null)
        {
            return;
        }
        FieldChecks.DomainPrefixedPath(path, manager, errors);
        if (manager.Length > MaxManagedBy)
        {
            errors.TooLong(path, MaxManagedBy);
        }
    }

    private static void ValidateCompletionMode(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        FieldChecks.OneOf(path.Child("completionMode"), spec.CompletionMode, errors, "NonIndexed", "Indexed");
        if (spec.CompletionMode == "Indexed")
        {
            ValidateIndexed(spec, path, errors);
        }
        else if (spec.CompletionMode is null or "NonIndexed")
        {
            NotIndexed(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex, errors);
            NotIndexed(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, errors);
        }
    }

    private static void NotIndexed(FieldPath path, int? value, FieldErrors errors)
    {
        if (value is not null)
        {
            errors.Invalid(path, value, "requires indexed completion mode");
        }
    }

    private static void ValidateIndexed(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Completions is null)
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }
        AtMost(path.Child("parallelism"), spec.Parallelism, MaxIndexed, " when completion mode is Indexed", errors);
        if (spec.MaxFailedIndexes > spec.Completions)
        {
            errors.Invalid(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, "must be less than or equal to completions");
        }
        AtMost(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, MaxIndexed, "", errors);
        if (!(spec.Completions > MaxIndexed) || spec.BackoffLimitPerIndex is null)
        {
            return;
        }
        if (spec.MaxFailedIndexes is null)
        {
            errors.Required(path.Child("maxFailedIndexes"), $"must be specified when completions is above {MaxIndexed}");
        }
        var reason = $" when completions are above {MaxIndexed} and used with backoff limit per index";
        AtMost(path.Child("parallelism"), spec.Parallelism, MaxManyIndexed, reason, errors);
        AtMost(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, MaxManyIndexed, reason, errors);
    }

    private static void AtMost(FieldPath path, int? value, int limit, string reason, FieldErrors errors)
    {
        if (value > limit)
        {
            errors.Invalid(path, value, $"must be less than or equal to {limit}{reason}");
        }
    }

    private static void ValidateRestartPolicy(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var policy = spec.Template.Spec.RestartPolicy;
        if (policy is null or "" or "Always")
        {
            errors.Required(path, "valid values: \"OnFailure\", \"Never\"");
        }
        else if (policy is not ("OnFailure" or "Never"))
        {
            errors.NotSupported(path, policy, "OnFailure", "Never");
        }
        else if (spec.PodFailurePolicy is not null && policy != "Never")
        {
            errors.Invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }
}
