namespace Sampan.Kubelet.Topology;

/// <summary>
/// Finds the place that suits all resources of a container: of all ways to take one hint for each resource, the best one's
/// common nodes. Upstream: pkg/kubelet/cm/topologymanager/policy.go.
/// <code>
/// cpu: {0}✓ {1}✓ {0,1}     gpu: {1}✓ {0,1}      → {1}✓
/// </code>
/// </summary>
internal static class HintMerger
{
    /// <param name="isCloser">Whether one set of nodes is better than another.</param>
    public static TopologyHint Merge(ulong allNodes, IReadOnlyList<IReadOnlyList<TopologyHint>> hints, Func<ulong, ulong, bool> isCloser)
    {
        var (best, hasBest) = (new TopologyHint(allNodes, false), false);
        var fewest = hints.SelectMany(FewestNodes).DefaultIfEmpty(0).Max();
        foreach (var permutation in Permutations(hints))
        {
            var candidate = Combine(allNodes, permutation);
            if (candidate.Nodes != 0 && (!hasBest || IsBetter(candidate, best, fewest, isCloser)))
            {
                (best, hasBest) = (candidate, true);
            }
        }

        return best;
    }

    /// <summary>How few nodes one resource could do with.</summary>
    private static IEnumerable<int> FewestNodes(IReadOnlyList<TopologyHint> hints) =>
        hints.Where(h => h.Nodes is not null).Select(h => NumaMask.Count(h.Nodes!.Value)).Order().Take(1);

    private static IEnumerable<IReadOnlyList<TopologyHint>> Permutations(IReadOnlyList<IReadOnlyList<TopologyHint>> hints) =>
        hints.Aggregate((IEnumerable<IReadOnlyList<TopologyHint>>)[[]], (known, next) => known.SelectMany(k => next.Select(n => (IReadOnlyList<TopologyHint>)[.. k, n])));

    private static TopologyHint Combine(ulong allNodes, IReadOnlyList<TopologyHint> permutation)
    {
        var places = permutation.Where(h => h.Nodes is not null).Select(h => h.Nodes!.Value).ToList();
        return new TopologyHint(
            places.Aggregate(allNodes, (mask, nodes) => mask & nodes),
            permutation.All(h => h.IsPreferred) && places.Distinct().Count() <= 1);
    }

    private static bool IsBetter(TopologyHint candidate, TopologyHint best, int fewest, Func<ulong, ulong, bool> isCloser)
    {
        if (candidate.IsPreferred != best.IsPreferred)
        {
            return candidate.IsPreferred;
        }

        var (mask, known) = (candidate.Nodes!.Value, best.Nodes!.Value);
        var (count, knownCount) = (NumaMask.Count(mask), NumaMask.Count(known));
        if (candidate.IsPreferred || knownCount > fewest)
        {
            return isCloser(mask, known);
        }

        // Not preferred: as close as can be to what the hungriest resource needs at least.
        return knownCount == fewest || count == knownCount
            ? count == knownCount && isCloser(mask, known)
            : count > knownCount && count <= fewest;
    }
}
