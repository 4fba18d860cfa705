using System.Text;
using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Checks of what a job says of failed, finished and replaced pods.</summary>
internal static class JobPolicyValidation
{
    private const int MaxRules = 20;
    private const int MaxPatterns = 20;
    private const int MaxExitCodes = 255;
    private const int MaxIndexesText = 64 * 1024;

    public static void Validate(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.PodFailurePolicy is { } failure)
        {
            ValidateFailure(spec, failure, path.Child("podFailurePolicy").Child("rules"), errors);
        }
        if (spec.SuccessPolicy is { } success && spec.CompletionMode != "Indexed")
        {
            errors.Invalid(path.Child("successPolicy"), success, "requires indexed completion mode");
        }
        else if (spec.SuccessPolicy is not null)
        {
            ValidateSuccess(spec, path.Child("successPolicy").Child("rules"), errors);
        }
        string[] replacement = spec.PodFailurePolicy is null ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
        FieldChecks.OneOf(path.Child("podReplacementPolicy"), spec.PodReplacementPolicy, errors, replacement);
    }

    private static void ValidateFailure(JobSpec spec, PodFailurePolicy policy, FieldPath path, FieldErrors errors)
    {
        if (policy.Rules.Count > MaxRules)
        {
            errors.TooMany(path, policy.Rules.Count, MaxRules);
        }
        var containers = spec.Template.Spec.Containers.Concat(spec.Template.Spec.InitContainers.OrEmpty()).Select(one => one.Name).ToHashSet();
        foreach (var (index, rule) in policy.Rules.Index())
        {
            ValidateRule(spec, rule, containers, path.Index(index), errors);
        }
    }

    private static void ValidateRule(JobSpec spec, PodFailurePolicyRule rule, HashSet<string> containers, FieldPath path, FieldErrors errors)
    {
        const string Actions = "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]";
        if (rule.Action.Length == 0)
        {
            errors.Required(path.Child("action"), Actions);
        }
        else if (rule.Action == "FailIndex" && spec.BackoffLimitPerIndex is null)
        {
            errors.Invalid(path.Child("action"), rule.Action, "requires the backoffLimitPerIndex to be set");
        }
        FieldChecks.OneOf(path.Child("action"), rule.Action.Length == 0 ? null : rule.Action, errors, "Count", "FailIndex", "FailJob", "Ignore");
        var conditions = rule.OnPodConditions.OrEmpty();
        if (rule.OnExitCodes is { } codes)
        {
            ValidateExitCodes(codes, containers, path.Child("onExitCodes"), errors);
        }
        if (conditions.Count > MaxPatterns)
        {
            errors.TooMany(path.Child("onPodConditions"), conditions.Count, MaxPatterns);
        }
        foreach (var (index, pattern) in conditions.Index())
        {
            ValidatePattern(pattern, path.Child("onPodConditions").Index(index), errors);
        }
        if (rule.OnExitCodes is not null && conditions.Count > 0)
        {
            errors.Add(FieldErrorOf(path, "specifying both OnExitCodes and OnPodConditions is not supported"));
        }
        if (rule.OnExitCodes is null && conditions.Count == 0)
        {
            errors.Add(FieldErrorOf(path, "specifying one of OnExitCodes and OnPodConditions is required"));
        }
    }

    private static FieldError FieldErrorOf(FieldPath path, string detail) => FieldError.Invalid(path, FieldError.Omitted, detail);

    private static void ValidatePattern(PodFailurePolicyOnPodConditionsPattern pattern, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path.Child("type"), pattern.Type, Names.IsQualifiedName(pattern.Type));
        if (pattern.Status.Length == 0)
        {
            errors.Required(path.Child("status"), "valid values: [\"False\" \"True\" \"Unknown\"]");
        }
        else
        {
            FieldChecks.OneOf(path.Child("status"), pattern.Status, errors, "False", "True", "Unknown");
        }
    }

    private static void ValidateExitCodes(
        PodFailurePolicyOnExitCodesRequirement codes, HashSet<string> containers, FieldPath path, FieldErrors errors)
    {
        if (codes.Operator.Length == 0)
        {
            errors.Required(path.Child("operator"), "valid values: [\"In\" \"NotIn\"]");
        }
        else
        {
            FieldChecks.OneOf(path.Child("operator"), codes.Operator, errors, "In", "NotIn");
        }
        if (codes.ContainerName is { } name && !containers.Contains(name))
        {
            errors.Invalid(path.Child("containerName"), name, "must be one of the container or initContainer names in the pod template");
        }
        var values = path.Child("values");
        if (codes.Values.Count == 0)
        {
            errors.Invalid(values, codes.Values, "at least one value is required");
        }
        else if (codes.Values.Count > MaxExitCodes)
        {
            errors.TooMany(values, codes.Values.Count, MaxExitCodes);
        }
        var seen = new HashSet<int>();
        foreach (var (index, value) in codes.Values.Index())
        {
            if (codes.Operator == "In" && value == 0)
            {
                errors.Invalid(values.Index(index), value, "must not be 0 for the In operator");
            }
            if (!seen.Add(value))
            {
                errors.Duplicate(values.Index(index), value);
            }
        }
        if (!codes.Values.SequenceEqual(codes.Values.Order()))
        {
            errors.Invalid(values, codes.Values, "must be ordered");
        }
    }

    private static void ValidateSuccess(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var rules = spec.SuccessPolicy!.Rules;
        if (rules.Count == 0)
        {
            errors.Required(path, "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.Count > MaxRules)
        {
            errors.TooMany(path, rules.Count, MaxRules);
        }
        foreach (var (index, rule) in rules.Index())
        {
            ValidateSuccessRule(rule, spec.Completions ?? 0, path.Index(index), errors);
        }
    }

    private static void ValidateSuccessRule(SuccessPolicyRule rule, int completions, FieldPath path, FieldErrors errors)
    {
        if (rule is { SucceededCount: null, SucceededIndexes: null })
        {
            errors.Required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }
        var total = 0;
        if (rule.SucceededIndexes is { } indexes)
        {
            if (Encoding.UTF8.GetByteCount(indexes) > MaxIndexesText)
            {
                errors.TooLong(path.Child("succeededIndexes"), MaxIndexesText);
            }
            var read = IndexIntervals.Parse(indexes, completions);
            total = read.Total;
            if (read.Error is { } wrong)
            {
                errors.Invalid(path.Child("succeededIndexes"), indexes, $"error parsing succeededIndexes: {wrong}");
            }
        }
        if (rule.SucceededCount is not { } count)
        {
            return;
        }
        var at = path.Child("succeededCount");
        FieldChecks.NotNegative(at, count, errors);
        if (count > completions)
        {
            errors.Invalid(at, count, $"must be less than or equal to {completions} (the number of specified completions)");
        }
        if (rule.SucceededIndexes is not null && count > total)
        {
            errors.Invalid(at, count, $"must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)");
        }
    }
}
