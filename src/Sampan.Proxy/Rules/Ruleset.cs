using System.Collections.Immutable;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>
/// All rules of the proxy at one moment. Applying new rules of some Services gives the next ruleset and the difference; the
/// cost is that of the Services named, not of all. A frontend that two Services claim belongs to the first by name.
/// </summary>
internal sealed class Ruleset
{
    private readonly RuleObjectsBuilder _builder;
    private readonly ImmutableDictionary<ServiceKey, ServiceRules> _services;
    private readonly ImmutableDictionary<Frontend, ImmutableArray<ServiceKey>> _claims;
    private readonly ImmutableDictionary<Element, int> _shared;
    private readonly ImmutableHashSet<(IPFamily, string)> _choices;
    private readonly Leftovers _leftovers;

    private Ruleset(
        RuleObjectsBuilder builder,
        ImmutableDictionary<ServiceKey, ServiceRules> services,
        ImmutableDictionary<Frontend, ImmutableArray<ServiceKey>> claims,
        ImmutableDictionary<Element, int> shared,
        ImmutableHashSet<(IPFamily, string)> choices,
        Leftovers leftovers)
    {
        _builder = builder;
        _services = services;
        _claims = claims;
        _shared = shared;
        _choices = choices;
        _leftovers = leftovers;
    }

    public static Ruleset Empty(CompileOptions options) => new(
        new RuleObjectsBuilder(new RuleTexts(options)),
        ImmutableDictionary<ServiceKey, ServiceRules>.Empty,
        ImmutableDictionary<Frontend, ImmutableArray<ServiceKey>>.Empty,
        ImmutableDictionary<Element, int>.Empty,
        [],
        Leftovers.None);

    /// <summary>Whether the tables hold what only packets on their way needed; the next change takes it away, an empty one too.</summary>
    public bool HasLeftovers => !_leftovers.IsEmpty;

    public ServiceRules? Of(ServiceKey service) => _services.GetValueOrDefault(service);

    /// <summary>The rule in force for a frontend, of whichever Service owns it.</summary>
    public FrontendRule? Find(Frontend frontend) =>
        _claims.TryGetValue(frontend, out var owners) ? _services[owners[0]].Find(frontend) : null;

    public (Ruleset Next, RuleDiff Diff) Apply(IReadOnlyCollection<ServiceRules> changes)
    {
        var services = _services.ToBuilder();
        var claims = _claims.ToBuilder();
        var shared = _shared.ToBuilder();
        var touched = new HashSet<Frontend>();
        foreach (var change in changes)
        {
            var before = services.GetValueOrDefault(change.Service) ?? ServiceRules.None(change.Service);
            var after = WithSlots(before, change);
            Claim(claims, touched, before, after);
            Count(shared, before, -1);
            Count(shared, after, 1);
            if (after.Frontends.IsEmpty) services.Remove(change.Service);
            else services[change.Service] = after;
        }

        var diff = new RuleDiff();
        var next = new Ruleset(_builder, services.ToImmutable(), claims.ToImmutable(), shared.ToImmutable(), _choices, Leftovers.None);
        var choices = Compare(next, touched, diff);
        CompareShared(next, changes, diff);
        return (new Ruleset(_builder, next._services, next._claims, next._shared, choices, _leftovers.Exchange(diff)), diff);
    }

    private static ServiceRules WithSlots(ServiceRules before, ServiceRules after)
    {
        if (before.Frontends.IsEmpty) return after;
        return after with
        {
            Frontends = [.. after.Frontends.Select(rule => before.Find(rule.Frontend) is not { } old ? rule : rule with
            {
                Endpoints = Slots.Assign(old.Endpoints, rule.Endpoints),
                InsideEndpoints = Slots.Assign(old.InsideEndpoints, rule.InsideEndpoints),
            })],
        };
    }

    private static void Claim(
        ImmutableDictionary<Frontend, ImmutableArray<ServiceKey>>.Builder claims,
        HashSet<Frontend> touched, ServiceRules before, ServiceRules after)
    {
        foreach (var rule in before.Frontends)
        {
            touched.Add(rule.Frontend);
            if (after.Find(rule.Frontend) is not null) continue;
            var owners = claims[rule.Frontend].Remove(before.Service);
            if (owners.IsEmpty) claims.Remove(rule.Frontend);
            else claims[rule.Frontend] = owners;
        }

        foreach (var rule in after.Frontends)
        {
            touched.Add(rule.Frontend);
            if (before.Find(rule.Frontend) is not null) continue;
            claims[rule.Frontend] = claims.TryGetValue(rule.Frontend, out var owners)
                ? owners.Add(after.Service).Sort()
                : [after.Service];
        }
    }

    private ImmutableHashSet<(IPFamily, string)> Compare(Ruleset next, HashSet<Frontend> touched, RuleDiff diff)
    {
        var choices = _choices.ToBuilder();
        foreach (var frontend in touched)
        {
            var before = Find(frontend) is { } old ? _builder.Build(old) : RuleObjects.None;
            var after = next.Find(frontend) is { } rule ? _builder.Build(rule) : RuleObjects.None;
            diff.Compare(before, after);
            diff.NewChains.AddRange(after.SharedChains.Where(c => choices.Add((c.Family, c.Name))));
        }

        return choices.ToImmutable();
    }

    private static void Count(ImmutableDictionary<Element, int>.Builder shared, ServiceRules rules, int change)
    {
        foreach (var element in SharedElements(rules))
        {
            int count = shared.GetValueOrDefault(element) + change;
            if (count == 0) shared.Remove(element);
            else shared[element] = count;
        }
    }

    private void CompareShared(Ruleset next, IReadOnlyCollection<ServiceRules> changes, RuleDiff diff)
    {
        var before = changes.SelectMany(c => _services.TryGetValue(c.Service, out var old) ? SharedElements(old) : []);
        foreach (var element in before.Concat(changes.SelectMany(SharedElements)).Distinct())
        {
            bool had = _shared.ContainsKey(element), has = next._shared.ContainsKey(element);
            if (had && !has) diff.RemovedElements.Add(element);
            if (has && !had) diff.AddedElements.Add(element);
        }
    }

    private static IEnumerable<Element> SharedElements(ServiceRules rules)
    {
        foreach (var ip in rules.ClusterIPs) yield return new Element(IPFamilies.Of(ip), Names.ClusterIPs, $"{ip}");
        foreach (var ip in rules.HairpinAddresses)
            yield return new Element(IPFamilies.Of(ip), Names.HairpinPods, $"{ip} . {ip}");
    }
}
