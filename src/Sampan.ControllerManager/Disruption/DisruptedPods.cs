using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;

namespace Sampan.ControllerManager.Disruption;

/// <summary>Pods that were evicted and whose deletion is not seen yet. One that is still there after two minutes stays.</summary>
internal sealed record DisruptedPods(Dictionary<string, Time> Kept, List<Pod> Overdue, TimeSpan? Recheck)
{
    private static readonly TimeSpan DeletionTimeout = TimeSpan.FromMinutes(2);

    public static DisruptedPods Of(PodDisruptionBudget budget, List<Pod> pods, DateTimeOffset now)
    {
        var (kept, overdue) = (new Dictionary<string, Time>(), new List<Pod>());
        TimeSpan? recheck = null;
        foreach (var pod in pods.Where(p => p.Metadata.DeletionTimestamp is null))
        {
            if (budget.Status.DisruptedPods?.TryGetValue(pod.Metadata.Name, out var since) != true) continue;
            var left = since.Value + DeletionTimeout - now;
            if (left < TimeSpan.Zero)
            {
                overdue.Add(pod);
                continue;
            }

            kept[pod.Metadata.Name] = since;
            // One moment later, so that it is overdue by then.
            left += TimeSpan.FromMilliseconds(1);
            if (recheck is null || left < recheck) recheck = left;
        }

        return new(kept, overdue, recheck);
    }
}
