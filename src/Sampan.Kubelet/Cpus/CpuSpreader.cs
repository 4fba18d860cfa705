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
    /// <param name="machine">What lies next to what.</param>
    /// <param name="available">To pick from.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="group">How many have to be taken together: those of a core, or one.</param>
    public static CpuSet Pick(Machine machine, CpuSet available, int count, int group)
    {
        if (count % group != 0)
        {
            return CpuPicker.Pick(machine, available, count);
        }

        // Where several sets of nodes are as good as each other, the crowded ones win.
        var free = machine.Nodes.ToDictionary(node => node.Id, node => available.Intersect(machine.CpusOf(1UL << node.Id)));
        var nodes = free.Where(node => node.Value.Count > 0).OrderBy(node => node.Value.Count).ThenBy(node => node.Key).Select(node => node.Key).ToList();
        var shares = Enumerable.Range(1, nodes.Count)
            .Select(size => Choose(nodes, size).Where(set => CanServe(set, free, count, group)).Select(set => Shares(set, free, count, group)).MinBy(shares => Unevenness(free, shares)))
            .FirstOrDefault(best => best is not null);
        return shares?.Aggregate(CpuSet.Empty, (picked, share) => picked.Union(Take(machine, free[share.Key], share.Value, EvenPart(count, shares.Count, group), group)))
            ?? CpuPicker.Pick(machine, available, count);
    }

    /// <summary>The even part at once, and what is left over piece by piece.</summary>
    private static CpuSet Take(Machine machine, CpuSet free, int share, int even, int group)
    {
        var picked = CpuPicker.Pick(machine, free, even);
        while (picked.Count < share)
        {
            picked = picked.Union(CpuPicker.Pick(machine, free.Except(picked), group));
        }

        return picked;
    }

    /// <summary>All sets of that many nodes, in their order: 0 and 1, 0 and 2, 1 and 2.</summary>
    private static IEnumerable<int[]> Choose(IReadOnlyList<int> nodes, int size) => size == 0
        ? [[]]
        : nodes.SelectMany((node, i) => Choose([.. nodes.Skip(i + 1)], size - 1).Select(rest => (int[])[node, .. rest]));

    /// <summary>Whether all of them together have enough, and each its part.</summary>
    private static bool CanServe(int[] nodes, Dictionary<int, CpuSet> free, int count, int group) =>
        nodes.Sum(node => free[node].Count / group * group) >= count && nodes.All(node => free[node].Count >= EvenPart(count, nodes.Length, group));

    private static int EvenPart(int count, int nodes, int group) => count / nodes / group * group;

    /// <summary>Even parts, and what is left over to whoever has most left.</summary>
    private static Dictionary<int, int> Shares(int[] nodes, Dictionary<int, CpuSet> free, int count, int group)
    {
        var shares = nodes.ToDictionary(node => node, _ => EvenPart(count, nodes.Length, group));
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
