using Sampan.Api.Apps.V1;

namespace Sampan.ControllerManager.Deployments;

internal static class DeploymentConditions
{
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";

    public static DeploymentCondition? Find(DeploymentStatus status, string type) => status.Conditions?.Find(c => c.Type == type);

    /// <summary>Sets a condition unless it says the same already; the transition time changes with the status only.</summary>
    public static void Set(DeploymentStatus status, DeploymentCondition condition, DateTimeOffset now)
    {
        var known = Find(status, condition.Type);
        if (known is not null && known.Status == condition.Status && known.Reason == condition.Reason) return;
        condition.LastUpdateTime = now;
        condition.LastTransitionTime = known?.Status == condition.Status ? known.LastTransitionTime : now;
        Remove(status, condition.Type);
        (status.Conditions ??= []).Add(condition);
    }

    public static void Remove(DeploymentStatus status, string type) => status.Conditions?.RemoveAll(c => c.Type == type);
}
