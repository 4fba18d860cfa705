namespace Sampan.Proxy.Rules;

/// <summary>
/// What changes between two rulesets. New sets and chains are written first, in a change of their own: a packet that met the
/// first element that leads to a chain in the very change that made it would find the chain empty.
/// </summary>
internal sealed class RuleDiff
{
    public List<NamedSet> AddedSets { get; } = [];

    /// <summary>Sets that are used again, whose elements are out of date.</summary>
    public List<NamedSet> FlushedSets { get; } = [];

    public List<Chain> NewChains { get; } = [];

    public List<Chain> RewrittenChains { get; } = [];

    public List<Element> RemovedElements { get; } = [];

    public List<Element> AddedElements { get; } = [];

    /// <summary>Indexes that mean no endpoint any more (<see cref="RuleObjects.Indexes"/>).</summary>
    public List<Element> RemovedIndexes { get; } = [];

    public List<Chain> RemovedChains { get; } = [];

    public List<NamedSet> RemovedSets { get; } = [];

    /// <summary>Whether it changes what packets meet.</summary>
    public bool Switches => FlushedSets.Count + RewrittenChains.Count + RemovedElements.Count + AddedElements.Count
        + RemovedIndexes.Count + RemovedChains.Count + RemovedSets.Count > 0;

    /// <summary>Adds what it takes to get from one frontend's objects to its next ones.</summary>
    public void Compare(RuleObjects before, RuleObjects after)
    {
        if (before.Sets.Count + after.Sets.Count > 0)
        {
            AddedSets.AddRange(after.Sets.Except(before.Sets));
            RemovedSets.AddRange(before.Sets.Except(after.Sets));
        }

        if (before.Chains.Count + after.Chains.Count > 0) CompareChains(before, after);
        CompareElements(before.Elements, after.Elements, RemovedElements);
        CompareElements(before.Indexes, after.Indexes, RemovedIndexes);
    }

    private void CompareChains(RuleObjects before, RuleObjects after)
    {
        var known = before.Chains.ToDictionary(c => (c.Family, c.Name));
        foreach (var chain in after.Chains)
        {
            if (!known.Remove((chain.Family, chain.Name), out var old)) NewChains.Add(chain);
            else if (!old.Rules.SequenceEqual(chain.Rules)) RewrittenChains.Add(chain);
        }

        RemovedChains.AddRange(known.Values);
    }

    private void CompareElements(List<Element> before, List<Element> after, List<Element> removed)
    {
        var known = new Dictionary<(string, string), Element>(before.Count);
        foreach (var element in before) known[(element.Container, element.Key)] = element;
        foreach (var element in after)
        {
            if (known.Remove((element.Container, element.Key), out var old))
            {
                if (old == element) continue;
                RemovedElements.Add(old);
            }

            AddedElements.Add(element);
        }

        removed.AddRange(known.Values);
    }
}
