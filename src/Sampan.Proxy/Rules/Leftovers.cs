namespace Sampan.Proxy.Rules;

/// <summary>
/// What the last change took out of use and left in the tables. A packet that is on its way through the rules when they change
/// reads the chains of before and the elements of after:
/// <code>
/// packet:  services → goto cluster-tcp-3 … index 2 of endpoints-tcp
/// change:                                ↑ services → cluster-tcp-2, index 2 goes
/// </code>
/// Without its index the packet would reach no endpoint, and its client would be refused. So it goes with the change that follows.
/// </summary>
internal sealed record Leftovers(IReadOnlyList<Element> Indexes, IReadOnlyList<Chain> Chains, IReadOnlyList<NamedSet> Sets)
{
    public static Leftovers None { get; } = new([], [], []);

    public bool IsEmpty => Indexes.Count + Chains.Count + Sets.Count == 0;

    /// <summary>Lets a change take away these, but for what it uses again, instead of what it takes out of use, which is returned.</summary>
    public Leftovers Exchange(RuleDiff diff)
    {
        var next = new Leftovers([.. diff.RemovedIndexes], [.. diff.RemovedChains], [.. diff.RemovedSets]);
        diff.RemovedIndexes.Clear();
        diff.RemovedChains.Clear();
        diff.RemovedSets.Clear();
        if (IsEmpty) return next.IsEmpty ? None : next;

        var (indexes, chains, sets) = (Indexes.ToHashSet(), Chains.Select(NameOf).ToHashSet(), Sets.ToHashSet());
        diff.FlushedSets.AddRange(diff.AddedSets.Where(sets.Remove));
        diff.AddedSets.RemoveAll(diff.FlushedSets.Contains);
        diff.NewChains.RemoveAll(c => chains.Remove(NameOf(c)));
        diff.AddedElements.RemoveAll(indexes.Remove);
        diff.RemovedElements.AddRange(indexes);
        diff.RemovedChains.AddRange(Chains.Where(c => chains.Contains(NameOf(c))));
        diff.RemovedSets.AddRange(sets);
        return next.IsEmpty ? None : next;
    }

    /// <summary>Chains that come and go have names that tell their rules.</summary>
    private static (Model.IPFamily Family, string Name) NameOf(Chain chain) => (chain.Family, chain.Name);
}
