using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.Api.Selectors;

namespace Sampan.Proxy.Policies;

/// <summary>A NetworkPolicy in the terms of the tables; rules are null where the policy does not restrict the direction.</summary>
internal sealed class PolicyView
{
    private readonly Selector _pods;

    public PolicyView(NetworkPolicy policy)
    {
        string ns = policy.Metadata.Namespace;
        var spec = policy.Spec;
        Key = new ObjectKey(ns, policy.Metadata.Name);
        _pods = Selector.From(spec.PodSelector);
        var types = spec.PolicyTypes is { Count: > 0 } given ? given : spec.Egress is { Count: > 0 } ? ["Ingress", "Egress"] : ["Ingress"];
        if (types.Contains("Ingress")) Ingress = [.. spec.Ingress.OrEmpty().Select(r => PolicyRule.Of(ns, r.From, r.Ports))];
        if (types.Contains("Egress")) Egress = [.. spec.Egress.OrEmpty().Select(r => PolicyRule.Of(ns, r.To, r.Ports))];
    }

    public ObjectKey Key { get; }

    public ImmutableArray<PolicyRule>? Ingress { get; }

    public ImmutableArray<PolicyRule>? Egress { get; }

    public ImmutableArray<PolicyRule>? Rules(Direction direction) => direction == Direction.Ingress ? Ingress : Egress;

    public IEnumerable<PolicyRule> AllRules => (Ingress ?? []).Concat(Egress ?? []);

    public bool Selects(PodView pod) => pod.Key.Namespace == Key.Namespace && _pods.Matches(pod.Labels);
}
