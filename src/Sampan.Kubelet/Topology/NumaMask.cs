using System.Numerics;

namespace Sampan.Kubelet.Topology;

/// <summary>Sets of NUMA nodes as bits: nodes 0 and 2 are 0b101.</summary>
internal static class NumaMask
{
    public static ulong Of(IEnumerable<int> nodes) => nodes.Aggregate(0UL, (mask, node) => mask | (1UL << node));

    public static int Count(ulong mask) => BitOperations.PopCount(mask);

    public static bool Has(ulong mask, int node) => (mask & (1UL << node)) != 0;

    public static IEnumerable<int> Nodes(ulong mask) => Enumerable.Range(0, 64).Where(node => Has(mask, node));

    /// <summary>Every set of some of these nodes, the smallest first, lower nodes first.</summary>
    public static IEnumerable<ulong> Subsets(ulong of)
    {
        var nodes = Nodes(of).ToList();
        return Enumerable.Range(1, (1 << nodes.Count) - 1)
            .Select(pick => Of(nodes.Where((_, i) => (pick & (1 << i)) != 0)))
            .OrderBy(Count)
            .ThenBy(mask => mask);
    }

    /// <summary>Fewer nodes are narrower; among equally many, lower ones.</summary>
    public static bool IsNarrower(ulong mask, ulong than) => Count(mask) != Count(than) ? Count(mask) < Count(than) : mask < than;
}
