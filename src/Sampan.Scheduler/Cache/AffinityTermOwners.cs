namespace Sampan.Scheduler.Cache;

/// <summary>
/// The terms that the placed pods bear, each with the count of its bearers by domain: a pod's scheduling asks which of them
/// choose it instead of asking every pod.
/// <code>
/// term                                        zone a    zone b
/// anti-affinity to app=web in zone            2 pods    0 pods      app=web may go to zone b only
/// prefers app=db in zone, weight 10           1 pod     3 pods      app=db is drawn to zone b
/// </code>
/// </summary>
public sealed class AffinityTermOwners(NodeTable table)
{
    private readonly Dictionary<(AffinityKind Kind, int Weight, string Signature), Bearers> _all = [];

    public IReadOnlyCollection<Bearers> All => _all.Values;

    /// <summary>Changes when a term appears that no pod had, or the last pod that had it goes.</summary>
    public int Version { get; private set; }

    internal void AddPod(NodeInfo node, PodInfo pod)
    {
        foreach (var term in pod.AffinityTerms)
        {
            var key = (term.Kind, term.Weight, term.Signature);
            if (!_all.TryGetValue(key, out var bearers))
            {
                _all[key] = bearers = new Bearers(term, table.Labels(term.TopologyKey));
                Version++;
            }
            bearers.Terms++;
            bearers.Counter.AddPod(node, pod);
        }
    }

    internal void RemovePod(NodeInfo node, PodInfo pod)
    {
        foreach (var term in pod.AffinityTerms)
        {
            var key = (term.Kind, term.Weight, term.Signature);
            if (!_all.TryGetValue(key, out var bearers)) continue;
            bearers.Counter.RemovePod(node, pod);
            if (--bearers.Terms > 0) continue;
            _all.Remove(key);
            Version++;
        }
    }

    internal void SetNode(NodeInfo node)
    {
        foreach (var bearers in _all.Values) bearers.Counter.SetNode(node);
    }

    /// <summary>One term, and where the pods that bear it run.</summary>
    public sealed class Bearers(AffinityTerm term, LabelColumn labels)
    {
        public AffinityTerm Term => term;
        public TopologyCounter Counter { get; } = new(labels, static _ => 1, isEligible: null);
        internal int Terms { get; set; }
    }
}
