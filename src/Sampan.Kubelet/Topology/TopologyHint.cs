namespace Sampan.Kubelet.Topology;

/// <summary>A place that could serve a request.</summary>
/// <param name="Nodes">NUMA nodes as bits; null for anywhere.</param>
/// <param name="IsPreferred">It takes no more nodes than the request needs.</param>
internal readonly record struct TopologyHint(ulong? Nodes, bool IsPreferred)
{
    public static readonly TopologyHint Anywhere = new(null, true);

    /// <summary>Nobody has asked where.</summary>
    public static readonly TopologyHint Unknown = new(null, false);

    /// <summary>
    /// A hint for every set of nodes that has enough left; those as small as the machine could serve it with, were it empty,
    /// are preferred.
    /// </summary>
    public static IReadOnlyList<TopologyHint> ForSubsets(ulong nodes, Func<ulong, bool> couldServe, Func<ulong, bool> canServe)
    {
        var smallest = NumaMask.Count(nodes);
        var able = new List<ulong>();
        foreach (var mask in NumaMask.Subsets(nodes).Where(couldServe))
        {
            smallest = Math.Min(smallest, NumaMask.Count(mask));
            if (canServe(mask))
            {
                able.Add(mask);
            }
        }

        return [.. able.Select(mask => new TopologyHint(mask, NumaMask.Count(mask) == smallest))];
    }
}
