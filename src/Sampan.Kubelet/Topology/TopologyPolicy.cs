namespace Sampan.Kubelet.Topology;

/// <summary>How strictly a container's resources have to lie together.</summary>
/// <param name="Name">As the configuration names it.</param>
/// <param name="IsCloser">Whether one set of NUMA nodes is better than another.</param>
internal sealed record TopologyPolicy(string Name, Func<ulong, ulong, bool> IsCloser)
{
    public const string None = "none";
    public const string BestEffort = "best-effort";
    public const string Restricted = "restricted";
    public const string SingleNumaNode = "single-numa-node";

    public static readonly IReadOnlyList<string> Names = [None, BestEffort, Restricted, SingleNumaNode];

    public bool IsNone => Name == None;

    /// <summary>What is let in lies on one node for certain.</summary>
    public bool IsGuarantee => Name == SingleNumaNode;

    /// <param name="allNodes">The machine's NUMA nodes.</param>
    /// <param name="hints">Of every provider.</param>
    /// <returns>The place to use, and whether the container may run at all.</returns>
    public (TopologyHint Hint, bool IsAdmitted) Choose(ulong allNodes, IEnumerable<IReadOnlyDictionary<string, IReadOnlyList<TopologyHint>?>> hints)
    {
        var lists = hints.SelectMany(h => h.Values).Select(Complete).ToList();
        if (Name != SingleNumaNode)
        {
            var merged = HintMerger.Merge(allNodes, lists, IsCloser);
            return (merged, Name == BestEffort || merged.IsPreferred);
        }

        var narrow = lists.ConvertAll(list => (IReadOnlyList<TopologyHint>)[.. list.Where(h => h.IsPreferred && (h.Nodes is null || NumaMask.Count(h.Nodes.Value) == 1))]);
        var best = HintMerger.Merge(allNodes, narrow, IsCloser);
        return (best.Nodes == allNodes ? best with { Nodes = null } : best, best.IsPreferred);
    }

    private static IReadOnlyList<TopologyHint> Complete(IReadOnlyList<TopologyHint>? hints) =>
        hints is null ? [TopologyHint.Anywhere] : hints.Count == 0 ? [new TopologyHint(null, false)] : hints;
}
