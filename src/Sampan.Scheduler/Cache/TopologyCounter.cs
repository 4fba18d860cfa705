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
/// <param name="topologyKey">The node label whose values are the domains.</param>
/// <param name="counts">Whether a pod is of the sort.</param>
/// <param name="isEligible">Whether a node takes part. Null: every node does, and only domains with pods are known.</param>
public sealed class TopologyCounter(string topologyKey, Func<PodInfo, bool> counts, Func<Node, bool>? isEligible)
{
    private readonly Dictionary<NodeInfo, Member> _members = [];
    private readonly Dictionary<string, Domain> _domains = [];
    private int _min;
    private int _atMin;                 // domains with _min pods; 0: to be worked out anew

    public string TopologyKey => topologyKey;

    public int DomainCount => _domains.Count;

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
    public IEnumerable<KeyValuePair<string, int>> Domains => _domains.Select(d => KeyValuePair.Create(d.Key, d.Value.Pods));

    /// <summary>The pods in the domain that the node belongs to, itself taking part or not.</summary>
    public int InDomainOf(NodeInfo node)
    {
        if (_members.TryGetValue(node, out var member) && member.Domain is { } own) return own.Pods;
        return ValueOn(node) is { } value && _domains.TryGetValue(value, out var domain) ? domain.Pods : 0;
    }

    /// <summary>The pods on the node itself.</summary>
    public int On(NodeInfo node) => _members.TryGetValue(node, out var member) ? member.Pods : 0;

    internal void AddPod(NodeInfo node, PodInfo pod)
    {
        if (counts(pod)) Change(node, 1);
    }

    internal void RemovePod(NodeInfo node, PodInfo pod)
    {
        if (counts(pod)) Change(node, -1);
    }

    /// <summary>Takes in a node, its new labels, or that it is gone (its pods may still be there).</summary>
    internal void SetNode(NodeInfo node)
    {
        if (isEligible is null && !_members.ContainsKey(node)) return;
        var value = ValueOn(node) is { } label && (isEligible is null || isEligible(node.Node!)) ? label : null;
        if (!_members.TryGetValue(node, out var member))
        {
            if (value is not null) Join(Ensure(node), value);
            return;
        }
        if (member.Domain?.Value == value) return;
        Leave(member);
        if (value is not null) Join(member, value);
        else if (member.Pods == 0) _members.Remove(node);
    }

    private void Change(NodeInfo node, int by)
    {
        if (!_members.TryGetValue(node, out var member))
        {
            member = Ensure(node);
            SetNode(node);
        }
        member.Pods += by;
        if (member.Domain is { } domain) Change(domain, by);
        if (member.Pods == 0 && (isEligible is null || member.Domain is null))
        {
            Leave(member);
            _members.Remove(node);
        }
    }

    private void Change(Domain domain, int by)
    {
        domain.Pods += by;
        Total += by;
        if (_atMin == 0) return;
        if (by > 0 && domain.Pods - by == _min) _atMin--;
        else if (by < 0 && domain.Pods < _min) (_min, _atMin) = (domain.Pods, 1);
        else if (by < 0 && domain.Pods == _min) _atMin++;
    }

    private void Join(Member member, string value)
    {
        if (!_domains.TryGetValue(value, out var domain)) _domains[value] = domain = new Domain(value);
        member.Domain = domain;
        domain.Nodes++;
        domain.Pods += member.Pods;
        Total += member.Pods;
        _atMin = 0;
    }

    private void Leave(Member member)
    {
        if (member.Domain is not { } domain) return;
        member.Domain = null;
        domain.Pods -= member.Pods;
        Total -= member.Pods;
        if (--domain.Nodes == 0) _domains.Remove(domain.Value);
        _atMin = 0;
    }

    private void FindMin()
    {
        _min = _domains.Count == 0 ? 0 : int.MaxValue;
        foreach (var domain in _domains.Values)
        {
            if (domain.Pods < _min) (_min, _atMin) = (domain.Pods, 1);
            else if (domain.Pods == _min) _atMin++;
        }
    }

    private Member Ensure(NodeInfo node) => _members[node] = new Member();

    private string? ValueOn(NodeInfo node) => node.Node?.Metadata.Labels?.GetValueOrDefault(topologyKey);

    private sealed class Member
    {
        public Domain? Domain { get; set; }
        public int Pods { get; set; }
    }

    private sealed class Domain(string value)
    {
        public string Value => value;
        public int Pods { get; set; }
        public int Nodes { get; set; }
    }
}
