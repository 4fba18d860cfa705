using Sampan.Api.Apps.V1;

namespace Sampan.ControllerManager.Deployments;

/// <summary>How far a rolling update may go above and below the wanted number. Never both zero, or it could not move.</summary>
internal readonly record struct Fenceposts(int Surge, int Unavailable)
{
    public static Fenceposts Of(Deployment deployment)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        if (deployment.Spec.Strategy.Type == "Recreate" || deployment.Spec.Strategy.RollingUpdate is not { } rolling) return new(0, 0);
        var surge = rolling.MaxSurge?.GetScaledValueFromIntOrPercent(replicas, roundUp: true) ?? 0;
        if (replicas == 0) return new(surge, 0);
        var unavailable = rolling.MaxUnavailable?.GetScaledValueFromIntOrPercent(replicas, roundUp: false) ?? 0;
        if (surge == 0 && unavailable == 0) unavailable = 1;
        return new(surge, Math.Min(unavailable, replicas));
    }
}
