using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>
/// Picks as many processors of each NUMA node as of the others, from as few nodes as can give them, so that no thread waits for
/// one on a crowded node. What one node can give comes from it alone.
/// <code>
/// 10 wanted, nodes of 8       → 5 of node 0 and 5 of node 1, where packing takes 8 and 2
/// </code>
/// </summary>
/// <remarks>Upstream: takeByTopologyNUMADistributed in pkg/kubelet/cm/cpumanager/cpu_assignment.go.</remarks>
internal static class CpuSpreader
{
    /// <param name="group">How many have to be taken together: those of a core, or one.</param>
    public static CpuSet Pick(Machine machine, CpuSet available, int count, int group)
    {
        var free = machine.Nodes.ToDictionary(node => node.Id, node => available.Intersect(machine.CpusOf(1UL << node.Id)));
        var best = NumaMask.Subsets(machine.NumaNodes)
            .Where(mask => CanServe(mask, free, count, group))
            .GroupBy(NumaMask.Count)
            .FirstOrDefault();
        if (best is null || best.Key <= 1 || count % group != 0)
        {
            return CpuPicker.Pick(machine, available, count);
        }

        var shares = best.Select(mask => Shares(mask, free, count, group)).MinBy(shares => Unevenness(free, shares))!;
        return shares.Aggregate(CpuSet.Empty, (picked, share) => picked.Union(CpuPicker.Pick(machine, free[share.Key], share.Value)));
    }

    /// <summary>Whether all of them together have enough, and each its part.</summary>
    private static bool CanServe(ulong mask, Dictionary<int, CpuSet> free, int count, int group)
    {
        var nodes = NumaMask.Nodes(mask).ToList();
        return nodes.Sum(node => free[node].Count / group * group) >= count && nodes.TrueForAll(node => free[node].Count >= EvenPart(count, nodes.Count, group));
    }

    private static int EvenPart(int count, int nodes, int group) => count / nodes / group * group;

    /// <summary>Even parts, and what is left over to whoever has most left.</summary>
    private static Dictionary<int, int> Shares(ulong mask, Dictionary<int, CpuSet> free, int count, int group)
    {
        var nodes = NumaMask.Nodes(mask).ToList();
        var shares = nodes.ToDictionary(node => node, _ => EvenPart(count, nodes.Count, group));
        for (var left = count - shares.Values.Sum(); left > 0; left -= group)
        {
            shares[nodes.OrderByDescending(node => free[node].Count - shares[node]).ThenBy(node => shares[node]).First()] += group;
        }

        return shares;
    }

    /// <summary>How different the nodes are afterwards.</summary>
    private static double Unevenness(Dictionary<int, CpuSet> free, Dictionary<int, int> shares)
    {
        var left = free.Select(node => node.Value.Count - shares.GetValueOrDefault(node.Key)).ToList();
        var mean = left.Average();
        return left.Sum(l => (l - mean) * (l - mean));
    }
}
