using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>
/// What to create (by ordinal) and what to delete now. An ordered set takes one step, and only when all before it are available;
/// a parallel set takes all steps at once. Template updates go from the highest ordinal down in both.
/// </summary>
internal sealed class StatefulPlan
{
    public List<int> Create { get; } = [];

    public List<Pod> Delete { get; } = [];

    public static StatefulPlan Of(StatefulView view)
    {
        var plan = new StatefulPlan();
        var settled = plan.Fill(view) && plan.Shrink(view);
        if (settled && view.IsRolling) plan.Roll(view);
        return plan;
    }

    /// <summary>False when an ordered set has to wait.</summary>
    private bool Fill(StatefulView view)
    {
        foreach (var (ordinal, pod) in view.Slots)
        {
            if (pod is null) Create.Add(ordinal);
            else if (pod.IsTerminal() && pod.Metadata.DeletionTimestamp is null) Delete.Add(pod);
            else if (view.IsAvailable(pod)) continue;
            if (view.IsOrdered) return false;
        }

        return true;
    }

    private bool Shrink(StatefulView view)
    {
        var firstUnhealthy = view.Condemned.FindLast(p => !StatefulView.IsHealthy(p));
        foreach (var pod in view.Condemned)
        {
            if (pod.Metadata.DeletionTimestamp is null)
            {
                if (view.IsOrdered && !view.IsAvailable(pod) && pod != firstUnhealthy) return false;
                Delete.Add(pod);
            }

            if (view.IsOrdered) return false;
        }

        return true;
    }

    /// <summary>A pod that is down anyway costs nothing; one that is up is replaced while fewer are down than may be.</summary>
    private void Roll(StatefulView view)
    {
        var budget = MaxUnavailable(view.Set) - view.Slots.Count(s => s.Pod is null || !view.IsAvailable(s.Pod));
        foreach (var (ordinal, pod) in Enumerable.Reverse(view.Slots))
        {
            if (ordinal < view.Boundary) return;
            if (pod is null || StatefulPods.RevisionOf(pod) == view.UpdateRevision || pod.Metadata.DeletionTimestamp is not null) continue;
            if (Delete.Contains(pod)) continue;
            if (!view.IsAvailable(pod)) Delete.Add(pod);
            else if (budget-- > 0) Delete.Add(pod);
        }
    }

    /// <summary>A percentage is rounded down, but never to nothing.</summary>
    public static int MaxUnavailable(StatefulSet set)
    {
        var limit = set.Spec.UpdateStrategy.RollingUpdate?.MaxUnavailable?.GetScaledValueFromIntOrPercent(set.Spec.Replicas ?? 1, roundUp: false);
        return Math.Max(1, limit ?? 1);
    }
}
