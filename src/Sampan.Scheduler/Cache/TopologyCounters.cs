namespace Sampan.Scheduler.Cache;

/// <summary>
/// The counters in use. One is made, by a look at all pods, when a cycle first asks for its sort of pods; from then on it
/// is kept. Equal pods ask for the same counters.
/// </summary>
public sealed class TopologyCounters(IReadOnlyCollection<NodeInfo> nodes, NodeTable table)
{
    private const int Capacity = 1024;

    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<string, List<TopologyCounter>> _byNamespace = [];
    private readonly List<TopologyCounter> _anyNamespace = [];
    private long _uses;

    /// <summary>The affinity terms of placed pods, each with its own counter.</summary>
    public AffinityTermOwners Terms { get; } = new(table);

    /// <summary>Changes when counters are dropped: whoever kept one asks for it anew.</summary>
    public int Generation { get; private set; }

    /// <summary>The counter of that signature, made when it is new.</summary>
    /// <param name="signature">Says all that the counter depends on.</param>
    /// <param name="ns">The only namespace whose pods can count; null: any.</param>
    /// <param name="create">Makes the counter, empty.</param>
    public TopologyCounter Get(string signature, string? ns, Func<NodeTable, TopologyCounter> create)
    {
        if (!_entries.TryGetValue(signature, out var entry))
        {
            if (_entries.Count >= Capacity) DropLongUnused();
            _entries[signature] = entry = new Entry(create(table), ns);
            ListOf(ns).Add(entry.Counter);
            Fill(entry.Counter, ns);
        }
        entry.LastUse = ++_uses;
        return entry.Counter;
    }

    internal void AddPod(NodeInfo node, PodInfo pod)
    {
        Terms.AddPod(node, pod);
        if (_entries.Count == 0) return;
        foreach (var counter in _anyNamespace) counter.AddPod(node, pod);
        if (!_byNamespace.TryGetValue(pod.Key.Namespace, out var own)) return;
        foreach (var counter in own) counter.AddPod(node, pod);
    }

    internal void RemovePod(NodeInfo node, PodInfo pod)
    {
        Terms.RemovePod(node, pod);
        if (_entries.Count == 0) return;
        foreach (var counter in _anyNamespace) counter.RemovePod(node, pod);
        if (!_byNamespace.TryGetValue(pod.Key.Namespace, out var own)) return;
        foreach (var counter in own) counter.RemovePod(node, pod);
    }

    internal void SetNode(NodeInfo node)
    {
        Terms.SetNode(node);
        foreach (var entry in _entries.Values) entry.Counter.SetNode(node);
    }

    /// <summary>Forgets what reaches over namespaces, since the labels of one changed.</summary>
    internal void DropAnyNamespace()
    {
        foreach (var (signature, entry) in _entries)
        {
            if (entry.Namespace is null) _entries.Remove(signature);
        }
        _anyNamespace.Clear();
        Generation++;
    }

    private void Fill(TopologyCounter counter, string? ns)
    {
        foreach (var node in nodes)
        {
            counter.SetNode(node);
            foreach (var pod in node.Pods)
            {
                if (ns is null || pod.Key.Namespace == ns) counter.AddPod(node, pod);
            }
        }
    }

    private void DropLongUnused()
    {
        foreach (var (signature, entry) in _entries.OrderBy(e => e.Value.LastUse).Take(Capacity / 2).ToList())
        {
            _entries.Remove(signature);
            var list = ListOf(entry.Namespace);
            list.Remove(entry.Counter);
            if (list.Count == 0 && entry.Namespace is { } ns) _byNamespace.Remove(ns);
        }
        table.KeepLabels([.. _entries.Values.Select(e => e.Counter.TopologyKey), .. Terms.All.Select(t => t.Term.TopologyKey)]);
        Generation++;
    }

    private List<TopologyCounter> ListOf(string? ns)
    {
        if (ns is null) return _anyNamespace;
        if (!_byNamespace.TryGetValue(ns, out var list)) _byNamespace[ns] = list = [];
        return list;
    }

    private sealed class Entry(TopologyCounter counter, string? ns)
    {
        public TopologyCounter Counter => counter;
        public string? Namespace => ns;
        public long LastUse { get; set; }
    }
}
