using System.Collections.ObjectModel;
using System.Net;
using Sampan.Api;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Proxy.Policies;

/// <summary>
/// The policies of this node's pods as chains and sets. The policy <c>default/web</c> that lets pods with app=shop come to
/// port 80 of the pod 10.244.0.5 becomes
/// <code>
/// ingress-pods: 10.244.0.5 : goto group-ingress-9a…
/// group-ingress-9a…:  jump policy-ingress-51… comment "default/web"; goto deny
/// policy-ingress-51…: ip saddr @peers-c3… tcp dport { 80 } accept
/// peers-c3…:          10.244.0.8, 10.244.3.2
/// </code>
/// A pod that comes or goes changes elements; chains change with policies. What no pod of this node needs is not written.
/// </summary>
internal sealed class PolicyTables(IReadOnlyList<IPFamily> families)
{
    private readonly PodAddresses _addresses = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _namespaces = [];
    private readonly Dictionary<string, SortedDictionary<string, PolicyView>> _policies = [];
    private readonly Dictionary<IPAddress, PodRules> _pods = [];
    private readonly Dictionary<string, PodSet> _sets = [];
    private readonly UseCount<ObjectKey> _policyUses = new();
    private readonly UseCount<string> _groupUses = new();
    private readonly Dictionary<ObjectKey, PolicyView> _writtenPolicies = [];
    private readonly Dictionary<string, Chain> _groups = [];
    private readonly HashSet<string> _writtenGroups = [];

    /// <summary>Takes changes, and returns what they change in the kernel.</summary>
    public RuleDiff Apply(PolicyChanges changes)
    {
        var diff = new RuleDiff();
        var touched = Take(changes);
        foreach (var address in touched)
        {
            var owner = _addresses.Owner(address);
            foreach (var set in _sets.Values) set.Update(address, owner, LabelsOf(owner), diff);
            Restrict(address, owner, diff);
        }

        WritePolicies(changes.Policies.Keys.Union(_policyUses.TakeChanged()), diff);
        WriteGroups(diff);
        return diff;
    }

    private HashSet<IPAddress> Take(PolicyChanges changes)
    {
        var touched = new HashSet<IPAddress>();
        foreach (var (name, labels) in changes.Namespaces)
        {
            if (labels is null) _namespaces.Remove(name);
            else _namespaces[name] = labels;
            touched.UnionWith(_addresses.InNamespace(name));
        }

        foreach (var (key, pod) in changes.Pods) touched.UnionWith(_addresses.Set(key, pod));
        foreach (var (key, policy) in changes.Policies)
        {
            if (!_policies.TryGetValue(key.Namespace, out var policies))
                _policies[key.Namespace] = policies = new SortedDictionary<string, PolicyView>(StringComparer.Ordinal);
            if (policy is null) policies.Remove(key.Name);
            else policies[key.Name] = policy;
        }

        foreach (string ns in changes.Policies.Keys.Select(k => k.Namespace).Distinct()) touched.UnionWith(_addresses.InNamespace(ns));
        return touched;
    }

    /// <summary>Sends the traffic of an address through the policies that select its pod.</summary>
    private void Restrict(IPAddress address, PodView? owner, RuleDiff diff)
    {
        var before = _pods.GetValueOrDefault(address) ?? PodRules.None;
        var selecting = owner is { Local: true } && families.Contains(IPFamilies.Of(address))
            && _policies.TryGetValue(owner.Key.Namespace, out var policies)
            ? policies.Values.Where(p => p.Selects(owner)).ToList()
            : [];
        var after = selecting.Count == 0 ? PodRules.None : PodRules.Of(address, owner!, selecting);
        if (ReferenceEquals(before, after)) return;
        diff.Compare(before.Objects, after.Objects);
        _policyUses.Change(before.Policies, after.Policies);
        _groupUses.Change(before.Groups.Keys, after.Groups.Keys);
        foreach (var (name, chain) in after.Groups) _groups[name] = chain;
        if (after == PodRules.None) _pods.Remove(address);
        else _pods[address] = after;
    }

    private void WritePolicies(IEnumerable<ObjectKey> keys, RuleDiff diff)
    {
        var released = new List<PodSet>();
        foreach (var key in keys)
        {
            var before = _writtenPolicies.GetValueOrDefault(key);
            var after = _policyUses.IsUsed(key) ? _policies[key.Namespace][key.Name] : null;
            if (ReferenceEquals(before, after)) continue;
            foreach (var set in SetsOf(after)) Use(set, diff);
            released.AddRange(SetsOf(before).Select(s => _sets[s.Name]));
            diff.Compare(Objects(before), Objects(after));
            if (after is null) _writtenPolicies.Remove(key);
            else _writtenPolicies[key] = after;
        }

        foreach (var set in released) Release(set, diff);
    }

    private void WriteGroups(RuleDiff diff)
    {
        foreach (string name in _groupUses.TakeChanged())
        {
            bool used = _groupUses.IsUsed(name);
            if (used && _writtenGroups.Add(name)) diff.NewChains.Add(_groups[name]);
            if (used) continue;
            if (_writtenGroups.Remove(name)) diff.RemovedChains.Add(_groups[name]);
            _groups.Remove(name);
        }
    }

    private RuleObjects Objects(PolicyView? policy)
    {
        var objects = new RuleObjects();
        if (policy is null) return objects;
        foreach (var direction in Enum.GetValues<Direction>().Where(d => policy.Rules(d) is not null))
            objects.Chains.AddRange(families.Select(f => PolicyTexts.Policy(f, direction, policy)));
        return objects;
    }

    private static IEnumerable<PodSet> SetsOf(PolicyView? policy) => policy is null ? [] : policy.AllRules
        .SelectMany(r => r.Selectors.Select(PodSet.Of).Concat(r.Ports.Where(p => p.PortName is not null).Select(PodSet.Of)))
        .DistinctBy(s => s.Name);

    private void Use(PodSet set, RuleDiff diff)
    {
        if (_sets.TryAdd(set.Name, set))
        {
            diff.AddedSets.AddRange(families.Select(f => new NamedSet(f, set.Name, set.Spec(f))));
            foreach (var address in _addresses.All)
            {
                var owner = _addresses.Owner(address);
                set.Update(address, owner, LabelsOf(owner), diff);
            }
        }

        _sets[set.Name].Uses++;
    }

    private void Release(PodSet set, RuleDiff diff)
    {
        if (--set.Uses > 0) return;
        _sets.Remove(set.Name);
        diff.RemovedSets.AddRange(families.Select(f => new NamedSet(f, set.Name, set.Spec(f))));
    }

    private IReadOnlyDictionary<string, string> LabelsOf(PodView? pod) =>
        pod is null ? ReadOnlyDictionary<string, string>.Empty
        : _namespaces.GetValueOrDefault(pod.Key.Namespace) ?? ReadOnlyDictionary<string, string>.Empty;
}
