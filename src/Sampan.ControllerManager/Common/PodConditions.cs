using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

internal static class PodConditions
{
    /// <summary>Sets one condition of the pod as it is now; its time changes only with its status.</summary>
    public static void Set(Pod pod, string type, string value, string? reason, string? message, DateTimeOffset now)
    {
        var conditions = pod.Status.Conditions ??= [];
        var known = conditions.Find(c => c.Type == type);
        var since = known?.Status == value ? known.LastTransitionTime : now;
        if (known is not null) conditions.Remove(known);
        conditions.Add(new PodCondition { Type = type, Status = value, Reason = reason, Message = message, LastTransitionTime = since, ObservedGeneration = pod.Metadata.Generation });
    }
}
