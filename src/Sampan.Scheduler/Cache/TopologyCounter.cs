using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// How many pods of one sort run in each domain of one topology key. It is kept as pods and nodes come and go, so that a
/// scheduling cycle reads it instead of looking at all pods.
/// <code>
/// key "zone", pods app=web     node n1 (zone a): 2   node n2 (zone a): 1   node n3 (zone b): 0
/// domains                      a: 3 pods, 2 nodes    b: 0 pods, 1 node     Min 0, Total 3
/// </code>
/// </summary>
public sealed class TopologyCounter
{
    private readonly LabelColumn _labels;
    private readonly Func<PodInfo, int> _weight;
    private readonly Func<Node, bool>? _isEligible;
    private int[] _podsOn = [];          // by slot
    private int[] _domainOf = [];        // by slot: the domain that the node takes part in
    private int[] _pods = [];            // by domain
    private int[] _nodes = [];           // by domain: those that take part
    private int _min;
    private int _atMin;                  // domains with _min pods; 0: to be worked out anew

    /// <param name="labels">The node label whose values are the domains.</param>
    /// <param name="counts">Whether a pod is of the sort.</param>
    /// <param name="isEligible">Whether a node takes part. Null: every node does, and only domains with pods are known.</param>
    public TopologyCounter(LabelColumn labels, Func<PodInfo, bool> counts, Func<Node, bool>? isEligible)
        : this(labels, pod => counts(pod) ? 1 : 0, isEligible)
    {
    }

    /// <summary>As above, where a pod may count for more or less than one.</summary>
    /// <param name="labels">The node label whose values are the domains.</param>
    /// <param name="weight">What a pod counts for; the same at all times.</param>
    /// <param name="isEligible">Whether a node takes part.</param>
    public TopologyCounter(LabelColumn labels, Func<PodInfo, int> weight, Func<Node, bool>? isEligible) =>
        (_labels, _weight, _isEligible) = (labels, weight, isEligible);

    public string TopologyKey => _labels.Key;

    public int DomainCount { get; private set; }

    /// <summary>The pods in all domains.</summary>
    public int Total { get; private set; }

    /// <summary>The pods in the domain that has the fewest; 0 without a domain.</summary>
    public int Min
    {
        get
        {
            if (_atMin == 0) FindMin();
            return _min;
        }
    }

    /// <summary>The pods in each domain.</summary>
    public IEnumerable<KeyValuePair<string, int>> Domains
    {
        get
        {
            for (var domain = 1; domain < _nodes.Length; domain++)
            {
                if (_nodes[domain] > 0) yield return KeyValuePair.Create(_labels.ValueOf(domain)!, _pods[domain]);
            }
        }
    }

    /// <summary>Whether the node has the label.</summary>
    public bool HasDomain(NodeInfo node) => HasDomain(node.Slot);

    /// <summary>Whether the node in a slot has the label.</summary>
    public bool HasDomain(int slot) => DomainOf(slot) != LabelColumn.None;

    /// <summary>The domain of the node in a slot, as a small number.</summary>
    public int DomainOf(int slot) => _labels[slot];

    /// <summary>One more than the highest domain.</summary>
    public int DomainLimit => _labels.IdCount;

    /// <summary>The pods in the domain that the node belongs to, itself taking part or not.</summary>
    public int InDomainOf(NodeInfo node) => InDomainOf(node.Slot);

    /// <summary>The pods in the domain that the node in a slot belongs to.</summary>
    public int InDomainOf(int slot)
    {
        var domain = _labels[slot];
        return domain < _pods.Length ? _pods[domain] : 0;
    }

    /// <summary>The pods on the node itself.</summary>
    public int On(NodeInfo node) => node.Slot < _podsOn.Length ? _podsOn[node.Slot] : 0;

    internal void AddPod(NodeInfo node, PodInfo pod)
    {
        if (_weight(pod) is var weight and not 0) Change(node, weight);
    }

    internal void RemovePod(NodeInfo node, PodInfo pod)
    {
        if (_weight(pod) is var weight and not 0) Change(node, -weight);
    }

    /// <summary>Takes in a node, its new labels, or that it is gone (its pods may still be there).</summary>
    internal void SetNode(NodeInfo node)
    {
        Grow(node.Slot);
        var domain = TakesPart(node) ? _labels[node.Slot] : LabelColumn.None;
        if (_domainOf[node.Slot] == domain) return;
        Leave(node.Slot);
        if (domain != LabelColumn.None) Join(node.Slot, domain);
    }

    private bool TakesPart(NodeInfo node) =>
        node.Node is not null && (_isEligible is null ? _podsOn[node.Slot] != 0 : _isEligible(node.Node));

    private void Change(NodeInfo node, int by)
    {
        var slot = node.Slot;
        Grow(slot);
        _podsOn[slot] += by;
        var domain = _domainOf[slot];
        if (domain != LabelColumn.None) ChangeDomain(domain, by);
        if (_isEligible is null && (_podsOn[slot] == 0 || domain == LabelColumn.None)) SetNode(node);
    }

    private void ChangeDomain(int domain, int by)
    {
        var before = _pods[domain];
        var after = _pods[domain] = before + by;
        Total += by;
        if (_atMin == 0) return;
        if (before == _min && after > _min) _atMin--;
        else if (after < _min) (_min, _atMin) = (after, 1);
        else if (after == _min) _atMin++;
    }

    private void Join(int slot, int domain)
    {
        if (domain >= _pods.Length)
        {
            var size = Math.Max(_labels.IdCount, _pods.Length * 2);
            Array.Resize(ref _pods, size);
            Array.Resize(ref _nodes, size);
        }
        _domainOf[slot] = domain;
        if (_nodes[domain]++ == 0) DomainCount++;
        _pods[domain] += _podsOn[slot];
        Total += _podsOn[slot];
        _atMin = 0;
    }

    private void Leave(int slot)
    {
        var domain = _domainOf[slot];
        if (domain == LabelColumn.None) return;
        _domainOf[slot] = LabelColumn.None;
        _pods[domain] -= _podsOn[slot];
        Total -= _podsOn[slot];
        if (--_nodes[domain] == 0) DomainCount--;
        _atMin = 0;
    }

    private void FindMin()
    {
        _min = DomainCount == 0 ? 0 : int.MaxValue;
        for (var domain = 1; domain < _nodes.Length; domain++)
        {
            if (_nodes[domain] == 0) continue;
            if (_pods[domain] < _min) (_min, _atMin) = (_pods[domain], 1);
            else if (_pods[domain] == _min) _atMin++;
        }
    }

    private void Grow(int slot)
    {
        if (slot < _podsOn.Length) return;
        var size = Math.Max(slot + 1, _podsOn.Length * 2);
        Array.Resize(ref _podsOn, size);
        Array.Resize(ref _domainOf, size);
    }
}
