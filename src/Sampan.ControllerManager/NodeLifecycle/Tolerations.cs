using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>How long a pod bears taints.</summary>
internal static class Tolerations
{
    /// <summary>So many seconds, a century, are for ever.</summary>
    private const long Century = 100L * 365 * 86_400;

    /// <summary>Null: for ever. Zero: not at all. Of each taint the first toleration that fits is used, and the shortest of those counts.</summary>
    public static TimeSpan? TimeFor(Pod pod, IReadOnlyList<Taint> taints)
    {
        TimeSpan? shortest = null;
        foreach (var taint in taints)
        {
            if (pod.Spec.Tolerations?.Find(t => Tolerates(t, taint)) is not { } used) return TimeSpan.Zero;
            if (used.TolerationSeconds is not { } seconds || seconds >= Century) continue;
            var time = TimeSpan.FromSeconds(Math.Max(0, seconds));
            if (shortest is null || time < shortest) shortest = time;
        }

        return shortest;
    }

    public static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (!string.IsNullOrEmpty(toleration.Effect) && toleration.Effect != taint.Effect) return false;
        if (!string.IsNullOrEmpty(toleration.Key) && toleration.Key != taint.Key) return false;
        return toleration.Operator switch
        {
            "Exists" => true,
            null or "" or "Equal" => (toleration.Value ?? "") == (taint.Value ?? ""),
            _ => false,
        };
    }
}
