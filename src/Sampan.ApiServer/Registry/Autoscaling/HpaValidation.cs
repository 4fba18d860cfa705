using Sampan.Api;
using Sampan.Api.Autoscaling.V2;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>Checks of autoscalers, in both versions. Upstream: pkg/apis/autoscaling/validation.</summary>
internal static class HpaValidation
{
    private const int MaxWindow = 3600;
    private const int MaxPeriod = 1800;

    public static void Validate(HorizontalPodAutoscalerSpec spec, int lowest, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (spec.MinReplicas < lowest)
        {
            errors.Invalid(path.Child("minReplicas"), spec.MinReplicas, $"must be greater than or equal to {lowest}");
        }
        if (spec.MaxReplicas < 1)
        {
            errors.Invalid(path.Child("maxReplicas"), spec.MaxReplicas, "must be greater than 0");
        }
        if (spec.MaxReplicas < spec.MinReplicas)
        {
            errors.Invalid(path.Child("maxReplicas"), spec.MaxReplicas, "must be greater than or equal to `minReplicas`");
        }
        HpaMetricValidation.Reference(spec.ScaleTargetRef, path.Child("scaleTargetRef"), errors);
        foreach (var (index, metric) in spec.Metrics.OrEmpty().Index())
        {
            HpaMetricValidation.Validate(metric, path.Child("metrics").Index(index), errors);
        }
        if (spec.MinReplicas == 0 && !spec.Metrics.OrEmpty().Any(metric => metric.Type is "Object" or "External"))
        {
            errors.Forbidden(path.Child("metrics"), "must specify at least one Object or External metric to support scaling to zero replicas");
        }
        Rules(spec.Behavior?.ScaleUp, path.Child("behavior").Child("scaleUp"), errors);
        Rules(spec.Behavior?.ScaleDown, path.Child("behavior").Child("scaleDown"), errors);
    }

    /// <summary>Zero is possible only where it was before: scaling to zero is not on by default.</summary>
    public static int LowestOf(int? old) => old == 0 ? 0 : 1;

    public static void ValidateStatus(int current, int desired, FieldErrors errors)
    {
        FieldChecks.NotNegative(FieldPath.Of("status").Child("currentReplicas"), current, errors);
        FieldChecks.NotNegative(FieldPath.Of("status").Child("desiredReplicas"), desired, errors);
    }

    private static void Rules(HPAScalingRules? rules, FieldPath path, FieldErrors errors)
    {
        if (rules is null)
        {
            return;
        }
        if (rules.StabilizationWindowSeconds < 0)
        {
            errors.Invalid(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds, "must be greater than or equal to zero");
        }
        if (rules.StabilizationWindowSeconds > MaxWindow)
        {
            errors.Invalid(
                path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds, $"must be less than or equal to {MaxWindow}");
        }
        FieldChecks.OneOf(path.Child("selectPolicy"), rules.SelectPolicy, errors, "Disabled", "Max", "Min");
        if (rules.Policies.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("policies"), "must specify at least one Policy");
        }
        foreach (var (index, policy) in rules.Policies.OrEmpty().Index())
        {
            Policy(policy, path.Child("policies").Index(index), errors);
        }
        if (rules.Tolerance is { Sign: < 0 } tolerance)
        {
            errors.Invalid(path.Child("tolerance"), tolerance, "must be greater than or equal to zero");
        }
    }

    private static void Policy(HPAScalingPolicy policy, FieldPath path, FieldErrors errors)
    {
        FieldChecks.OneOf(path.Child("type"), policy.Type, errors, "Percent", "Pods");
        if (policy.Value <= 0)
        {
            errors.Invalid(path.Child("value"), policy.Value, "must be greater than zero");
        }
        if (policy.PeriodSeconds <= 0)
        {
            errors.Invalid(path.Child("periodSeconds"), policy.PeriodSeconds, "must be greater than zero");
        }
        if (policy.PeriodSeconds > MaxPeriod)
        {
            errors.Invalid(path.Child("periodSeconds"), policy.PeriodSeconds, $"must be less than or equal to {MaxPeriod}");
        }
    }
}
