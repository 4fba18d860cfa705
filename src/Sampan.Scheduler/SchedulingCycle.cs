using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler;

/// <summary>
/// Finds the node for one pod: filter, then score.
/// In large clusters not every node is looked at: the search starts where the last one ended and stops when enough nodes
/// were found, so that all nodes get their turn.
/// </summary>
internal sealed class SchedulingCycle(Profile profile, SchedulerCache cache, Random random)
{
    private const int MinFeasibleNodes = 100;
    private const int MinPercentage = 5;

    private int _start;

    /// <summary>The node's name, or the diagnosis.</summary>
    public (string? Node, Diagnosis Diagnosis) Run(PodInfo pod)
    {
        var diagnosis = new Diagnosis(cache.Nodes.Count);
        var state = new CycleState();
        var feasible = FindFeasible(state, pod, diagnosis);
        return feasible.Count switch
        {
            0 => (null, diagnosis),
            1 => (feasible[0].Name, diagnosis),
            _ => (Best(state, pod, feasible), diagnosis),
        };
    }

    /// <summary>All nodes up to 100; above, a share of the cluster that falls from 50 % to 5 % with its size.</summary>
    internal static int FeasibleNodesToFind(int nodes) =>
        nodes < MinFeasibleNodes ? nodes : Math.Max(MinFeasibleNodes, nodes * Math.Max(MinPercentage, 50 - (nodes / 125)) / 100);

    private List<NodeInfo> FindFeasible(CycleState state, PodInfo pod, Diagnosis diagnosis)
    {
        var feasible = new List<NodeInfo>();
        var filters = new List<IFilterPlugin>(profile.Filter);
        if (!PreFilter(state, pod, filters, diagnosis, out var names)) return feasible;
        var wanted = FeasibleNodesToFind(cache.Nodes.Count);
        var looked = 0;
        foreach (var node in Candidates(names))
        {
            looked++;
            if (!Passes(state, pod, node, filters, diagnosis)) continue;
            feasible.Add(node);
            if (feasible.Count >= wanted) break;
        }
        if (names is null && cache.Nodes.Count > 0) _start = (_start + looked) % cache.Nodes.Count;
        return feasible;
    }

    private bool PreFilter(CycleState state, PodInfo pod, List<IFilterPlugin> filters, Diagnosis diagnosis, out IReadOnlySet<string>? names)
    {
        names = null;
        foreach (var plugin in profile.PreFilter)
        {
            var (status, nodeNames) = plugin.PreFilter(state, pod, cache);
            if (status.Code == Code.Skip)
            {
                filters.RemoveAll(filter => filter.Name == plugin.Name);
                continue;
            }
            if (!status.IsSuccess)
            {
                diagnosis.RefusedBeforeNodes(plugin.Name, status);
                return false;
            }
            if (nodeNames is not null) names = names is null ? nodeNames : names.Intersect(nodeNames).ToHashSet();
        }
        return true;
    }

    private IEnumerable<NodeInfo> Candidates(IReadOnlySet<string>? names)
    {
        if (names is not null) return names.Select(cache.Find).OfType<NodeInfo>();
        var nodes = cache.Nodes;
        var start = _start < nodes.Count ? _start : 0;
        return Enumerable.Range(0, nodes.Count).Select(i => nodes[start + i < nodes.Count ? start + i : start + i - nodes.Count]);
    }

    private static bool Passes(CycleState state, PodInfo pod, NodeInfo node, List<IFilterPlugin> filters, Diagnosis diagnosis)
    {
        foreach (var filter in filters)
        {
            var status = filter.Filter(state, pod, node);
            if (status.IsSuccess) continue;
            diagnosis.Refused(filter.Name, status);
            return false;
        }
        return true;
    }

    private string Best(CycleState state, PodInfo pod, List<NodeInfo> nodes)
    {
        var skipped = profile.PreScore.Where(plugin => plugin.PreScore(state, pod, nodes).Code == Code.Skip).Select(p => p.Name).ToHashSet();
        var totals = new long[nodes.Count];
        var scores = new long[nodes.Count];
        foreach (var (plugin, weight) in profile.Score)
        {
            if (skipped.Contains(plugin.Name)) continue;
            for (var i = 0; i < scores.Length; i++) scores[i] = plugin.Score(state, pod, nodes[i]);
            plugin.Normalize(scores);
            for (var i = 0; i < scores.Length; i++) totals[i] += scores[i] * weight;
        }
        return nodes[HighestOf(totals)].Name;
    }

    /// <summary>The index of the highest score; among equals each has the same chance.</summary>
    private int HighestOf(long[] totals)
    {
        var (best, equals) = (0, 1);
        for (var i = 1; i < totals.Length; i++)
        {
            if (totals[i] > totals[best]) (best, equals) = (i, 1);
            else if (totals[i] == totals[best] && random.Next(++equals) == 0) best = i;
        }
        return best;
    }
}
