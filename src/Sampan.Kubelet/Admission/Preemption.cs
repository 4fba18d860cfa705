using Sampan.Api.Core.V1;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Admission;

/// <summary>
/// Makes room for a pod without which the node is none: as few others as possible end, and rather those that ask for little, best-effort
/// before burstable before guaranteed. Upstream: pkg/kubelet/preemption.
/// </summary>
/// <param name="evict">Ends a pod and waits for it.</param>
/// <param name="events">Told of each pod that goes.</param>
/// <param name="metrics">Counts them.</param>
internal sealed class Preemption(Func<Pod, PodTermination, CancellationToken, Task<bool>> evict, IPodEvents events, PodMetrics metrics)
{
    private const string Message = "Preempted in order to admit critical pod";
    private static readonly string[] Classes = [QosClass.Guaranteed, QosClass.Burstable, QosClass.BestEffort];

    /// <param name="pod">The critical pod.</param>
    /// <param name="others">Who has the room.</param>
    /// <param name="missing">What it lacks.</param>
    /// <param name="cancellationToken">The kubelet ends.</param>
    /// <returns>Null when there is room now, else why there cannot be.</returns>
    public async Task<PodTermination?> MakeRoomAsync(Pod pod, IReadOnlyList<Pod> others, IReadOnlyList<Shortage> missing, CancellationToken cancellationToken)
    {
        var candidates = others.Where(other => MayPreempt(pod, other)).ToList();
        if (After(missing, candidates) is { Count: > 0 } beyond)
        {
            var why = string.Concat(beyond.Select(s => $"(res: {s.Resource}, q: {s.Missing}), "));
            return new PodTermination(
                "UnexpectedAdmissionError",
                $"Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [{why}]") { IsRejection = true };
        }

        foreach (var victim in Choose(candidates, missing))
        {
            events.Pod(victim, null, EventReasons.Warning, EventReasons.Preempting, Message);
            if (await evict(victim, new PodTermination(EventReasons.Preempting, Message) { IsDisruption = true }, cancellationToken))
            {
                metrics.Preempted(missing[0].Resource);
            }
        }

        return null;
    }

    private static bool MayPreempt(Pod pod, Pod other) =>
        (Ranking.IsCritical(pod) && !Ranking.IsCritical(other)) || pod.Spec.Priority > other.Spec.Priority;

    /// <summary>Of each class only what all the lesser ones together cannot give.</summary>
    private static List<Pod> Choose(List<Pod> candidates, IReadOnlyList<Shortage> missing)
    {
        var chosen = new List<Pod>();
        for (var i = 0; i < Classes.Length; i++)
        {
            var below = Classes.Skip(i + 1).ToHashSet();
            var lesser = candidates.Where(c => below.Contains(QosClass.Of(c)));
            var name = Classes[i];
            chosen.AddRange(ChooseByDistance([.. candidates.Where(c => QosClass.Of(c) == name)], After(missing, lesser.Concat(chosen))));
        }

        chosen.Reverse();
        return chosen;
    }

    /// <summary>Again and again the one that leaves the least to be found, of two such the smaller.</summary>
    private static List<Pod> ChooseByDistance(List<Pod> pods, List<Shortage> missing)
    {
        var chosen = new List<Pod>();
        while (missing.Count > 0 && pods.Count > 0)
        {
            var best = pods.OrderBy(pod => Distance(pod, missing))
                .ThenBy(pod => PodResources.Request(pod, PodResources.Memory))
                .ThenBy(pod => PodResources.Request(pod, PodResources.Cpu))
                .First();
            missing = After(missing, [best]);
            pods.Remove(best);
            chosen.Add(best);
        }

        return chosen;
    }

    /// <summary>By the part of each need that is not met, so that all needs weigh the same.</summary>
    private static double Distance(Pod pod, List<Shortage> missing) => missing.Sum(s => Math.Pow(Math.Max(s.Missing - s.RequestOf(pod), 0) / (double)s.Missing, 2));

    private static List<Shortage> After(IReadOnlyList<Shortage> missing, IEnumerable<Pod> gone)
    {
        var all = gone.ToList();
        return [.. missing.Select(s => s with { Missing = s.Missing - all.Sum(s.RequestOf) }).Where(s => s.Missing > 0)];
    }
}
