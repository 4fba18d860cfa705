using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>Conditions in the form that newer kinds share.</summary>
internal static class Conditions
{
    /// <summary>Sets one; its time changes only with its status.</summary>
    public static void Set(List<Condition> conditions, Condition next, DateTimeOffset now)
    {
        var known = conditions.Find(c => c.Type == next.Type);
        next.LastTransitionTime = known?.Status == next.Status ? known.LastTransitionTime : now;
        if (known is null) conditions.Add(next);
        else conditions[conditions.IndexOf(known)] = next;
    }
}
