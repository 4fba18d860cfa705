using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Preemption;

/// <summary>
/// Finds the fewest, least important pods of a node that have to go: all of lower priority are taken off, then put back one
/// by one, the most important first, as long as the pod still fits. The cluster is as before afterwards.
/// </summary>
internal sealed class VictimSearch(CycleState state, PodInfo pod, DisruptionBudgets budgets, IFilterRunner filters, DateTimeOffset now)
{
    private static readonly PluginStatus NoVictims = PluginStatus.Unresolvable("No preemption victims found for incoming pod");

    /// <summary>The candidate, or why there is none.</summary>
    public (Candidate? Candidate, PluginStatus Status) Find(NodeInfo node)
    {
        var potential = node.Pods.Where(p => p.Priority < pod.Priority).ToList();
        if (potential.Count == 0) return (null, NoVictims);
        var away = new HashSet<PodInfo>();
        try
        {
            foreach (var victim in potential) TakeAway(node, victim, away);
            var status = filters.Filter(state, pod, node);
            return status.IsSuccess ? (Spare(node, potential, away), status) : (null, status);
        }
        finally
        {
            foreach (var victim in away) state.Cluster.PutBack(node, victim);
        }
    }

    private Candidate Spare(NodeInfo node, List<PodInfo> potential, HashSet<PodInfo> away)
    {
        Importance.SortMostFirst(potential, now);
        var (violating, others) = budgets.Split(potential);
        var victims = violating.Where(victim => !CanStay(node, victim, away)).ToList();
        var violations = victims.Count;
        victims.AddRange(others.Where(victim => !CanStay(node, victim, away)));
        Importance.SortMostFirst(victims, now);
        return new(node, victims, violations);
    }

    private bool CanStay(NodeInfo node, PodInfo victim, HashSet<PodInfo> away)
    {
        state.Cluster.PutBack(node, victim);
        away.Remove(victim);
        if (filters.Filter(state, pod, node).IsSuccess) return true;
        TakeAway(node, victim, away);
        return false;
    }

    private void TakeAway(NodeInfo node, PodInfo victim, HashSet<PodInfo> away)
    {
        state.Cluster.TakeAway(node, victim);
        away.Add(victim);
    }
}
