using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Checks of deployments. Upstream: pkg/apis/apps/validation.</summary>
internal static class DeploymentValidation
{
    public static void Validate(DeploymentSpec spec, DeploymentSpec? old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        FieldChecks.NotNegative(path.Child("replicas"), spec.Replicas, errors);
        if (WorkloadValidation.Selector(spec.Selector, spec.Template, "deployment", errors))
        {
            WorkloadValidation.LastingTemplate(spec.Template, old?.Template, path.Child("template"), "ReplicaSet", errors);
        }
        ValidateStrategy(spec.Strategy, path.Child("strategy"), errors);
        FieldChecks.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        FieldChecks.NotNegative(path.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit, errors);
        FieldChecks.NotNegative(path.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds, errors);
        if (spec.ProgressDeadlineSeconds is { } deadline && deadline <= spec.MinReadySeconds)
        {
            errors.Invalid(path.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
        }
    }

    public static void ValidateStatus(DeploymentStatus status, DeploymentStatus old, FieldErrors errors)
    {
        var path = FieldPath.Of("status");
        FieldChecks.NotNegative(path.Child("observedGeneration"), status.ObservedGeneration, errors);
        FieldChecks.NotNegative(path.Child("replicas"), status.Replicas, errors);
        FieldChecks.NotNegative(path.Child("updatedReplicas"), status.UpdatedReplicas, errors);
        FieldChecks.NotNegative(path.Child("readyReplicas"), status.ReadyReplicas, errors);
        FieldChecks.NotNegative(path.Child("availableReplicas"), status.AvailableReplicas, errors);
        FieldChecks.NotNegative(path.Child("unavailableReplicas"), status.UnavailableReplicas, errors);
        FieldChecks.NotNegative(path.Child("terminatingReplicas"), status.TerminatingReplicas, errors);
        FieldChecks.NotNegative(path.Child("collisionCount"), status.CollisionCount, errors);
        WorkloadValidation.NotAbove(path.Child("updatedReplicas"), status.UpdatedReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(path.Child("readyReplicas"), status.ReadyReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(path.Child("availableReplicas"), status.AvailableReplicas, status.Replicas, "status.replicas", errors);
        WorkloadValidation.NotAbove(path.Child("availableReplicas"), status.AvailableReplicas, status.ReadyReplicas, "readyReplicas", errors);
        WorkloadValidation.NotDecremented(path.Child("collisionCount"), status.CollisionCount, old.CollisionCount, errors);
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
                errors.NotSupported(path, strategy, "Recreate", "RollingUpdate");
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
        WorkloadValidation.NotAboveAll(update.MaxUnavailable, path.Child("maxUnavailable"), errors);
    }
}
