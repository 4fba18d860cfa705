using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

internal static class PodConditions
{
    public static void Set(PodStatus status, string type, string value, string? reason, string? message, DateTimeOffset now)
    {
        var known = status.Conditions?.Find(c => c.Type == type);
        var since = known?.Status == value ? known.LastTransitionTime : now;
        if (known is not null) status.Conditions!.Remove(known);
        (status.Conditions ??= []).Add(new PodCondition { Type = type, Status = value, Reason = reason, Message = message, LastTransitionTime = since });
    }
}
