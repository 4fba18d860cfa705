namespace Sampan.Proxy.Rules;

/// <summary>What changes between two rulesets, in the order in which the kernel must hear it.</summary>
internal sealed class RuleDiff
{
    public List<NamedSet> AddedSets { get; } = [];

    /// <summary>Chains that are new or have other rules than before.</summary>
    public List<Chain> WrittenChains { get; } = [];

    public List<Element> RemovedElements { get; } = [];

    public List<Element> AddedElements { get; } = [];

    public List<Chain> RemovedChains { get; } = [];

    public List<NamedSet> RemovedSets { get; } = [];

    public bool IsEmpty =>
        AddedSets.Count + WrittenChains.Count + RemovedElements.Count + AddedElements.Count + RemovedChains.Count + RemovedSets.Count == 0;

    /// <summary>Adds what it takes to get from one frontend's objects to its next ones.</summary>
    public void Compare(RuleObjects before, RuleObjects after)
    {
        if (before.Sets.Count + after.Sets.Count > 0)
        {
            AddedSets.AddRange(after.Sets.Except(before.Sets));
            RemovedSets.AddRange(before.Sets.Except(after.Sets));
        }

        if (before.Chains.Count + after.Chains.Count > 0) CompareChains(before, after);
        CompareElements(before.Elements, after.Elements);
    }

    private void CompareChains(RuleObjects before, RuleObjects after)
    {
        var known = before.Chains.ToDictionary(c => (c.Family, c.Name));
        foreach (var chain in after.Chains)
        {
            if (!known.Remove((chain.Family, chain.Name), out var old) || !old.Rules.SequenceEqual(chain.Rules)) WrittenChains.Add(chain);
        }

        RemovedChains.AddRange(known.Values);
    }

    private void CompareElements(List<Element> before, List<Element> after)
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

        RemovedElements.AddRange(known.Values);
    }
}
