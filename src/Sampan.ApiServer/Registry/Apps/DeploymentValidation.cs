using Sampan.Api;
using Sampan.Api.Apps.V1;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Checks of deployments.</summary>
internal static class DeploymentValidation
{
    public static void Validate(DeploymentSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        WorkloadValidation.NotNegative(path.Child("replicas"), spec.Replicas ?? 0, errors);
        WorkloadValidation.Selector(spec.Selector, spec.Template, "deployment", errors);
        WorkloadValidation.Template(spec.Template, path.Child("template"), "Always", errors);
        ValidateStrategy(spec.Strategy, path.Child("strategy"), errors);
        WorkloadValidation.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        WorkloadValidation.NotNegative(path.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds ?? 0, errors);
        if (spec.ProgressDeadlineSeconds is { } deadline && deadline <= spec.MinReadySeconds)
        {
            errors.Invalid(path.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
        }
    }

    private static void ValidateStrategy(DeploymentStrategy strategy, FieldPath path, FieldErrors errors)
    {
        switch (strategy.Type)
        {
            case "Recreate":
                if (strategy.RollingUpdate is not null)
                {
                    errors.Forbidden(path.Child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }
                break;
            case "RollingUpdate":
                ValidateRollingUpdate(strategy.RollingUpdate, path.Child("rollingUpdate"), errors);
                break;
            default:
                errors.NotSupported(path.Child("type"), strategy.Type, "Recreate", "RollingUpdate");
                break;
        }
    }

    private static void ValidateRollingUpdate(RollingUpdateDeployment? update, FieldPath path, FieldErrors errors)
    {
        if (update is null)
        {
            errors.Required(path, "this should be defaulted and never be nil");
            return;
        }
        WorkloadValidation.IntOrPercent(update.MaxUnavailable, path.Child("maxUnavailable"), errors);
        WorkloadValidation.IntOrPercent(update.MaxSurge, path.Child("maxSurge"), errors);
        if (WorkloadValidation.IsZero(update.MaxUnavailable) && WorkloadValidation.IsZero(update.MaxSurge))
        {
            errors.Invalid(path.Child("maxUnavailable"), update.MaxUnavailable, "may not be 0 when `maxSurge` is 0");
        }
        if (update.MaxUnavailable is { IsString: true } percent && percent.TryGetPercent(out var share) && share > 100)
        {
            errors.Invalid(path.Child("maxUnavailable"), percent, "must not be greater than 100%");
        }
    }
}
