using System.Collections.Immutable;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>
/// Writes one frontend as elements and chains. <c>10.96.0.9 . tcp . 80</c> with two endpoints becomes
/// <code>
/// services:      10.96.0.9 . tcp . 80 : goto cluster-tcp-2
/// endpoints-tcp: 10.96.0.9 . 80 . 0   : 10.244.0.5 . 8080
///                10.96.0.9 . 80 . 1   : 10.244.1.7 . 8080
/// </code>
/// and the shared chain <c>cluster-tcp-2</c> looks up a random index of 0..1. With session affinity a chain of its own remembers,
/// endpoint by endpoint, which clients came.
/// </summary>
internal sealed class RuleObjectsBuilder(RuleTexts texts)
{
    public RuleObjects Build(FrontendRule rule)
    {
        var objects = new RuleObjects();
        bool nodePort = rule.Frontend.IsNodePort;
        if (rule.AffinitySeconds is not null) AddAffinity(objects, rule);
        var protocol = rule.Frontend.Protocol;
        AddChoice(objects, rule, rule.Traffic, rule.Endpoints, Names.Services(nodePort), Names.Endpoints(nodePort, protocol));
        AddChoice(
            objects, rule, Traffic.Inside, rule.InsideEndpoints,
            Names.InsideServices(nodePort), Names.InsideEndpoints(nodePort, protocol));
        AddRefusal(objects, rule);
        AddFirewall(objects, rule);
        return objects;
    }

    private void AddChoice(
        RuleObjects objects, FrontendRule rule, Traffic traffic, ImmutableArray<Target> endpoints, string services, string map)
    {
        if (endpoints.IsEmpty) return;
        var frontend = rule.Frontend;
        string chain;
        if (rule.AffinitySeconds is { } seconds)
        {
            chain = Names.AffinityChain(frontend, traffic, endpoints, seconds);
            objects.Chains.Add(texts.AffinityChoice(frontend, traffic, chain, [.. endpoints.Select(e => Sticky(rule, e))]));
        }
        else
        {
            chain = Names.Choice(traffic, frontend.IsNodePort, frontend.Protocol, endpoints.Length);
            objects.SharedChains.Add(texts.Choice(frontend, traffic, endpoints.Length));
            for (int i = 0; i < endpoints.Length; i++)
            {
                objects.Indexes.Add(new Element(
                    frontend.Family, map, $"{frontend.KeyInProtocol} . {i}", $"{endpoints[i].Address} . {endpoints[i].Port}"));
            }
        }

        objects.Elements.Add(new Element(frontend.Family, services, frontend.Key, $"goto {chain}", rule.Owner));
    }

    /// <summary>The set of an endpoint's clients and the chain that enters them; the names are the same word.</summary>
    private static string Sticky(FrontendRule rule, Target target) =>
        Names.AffinityEndpoint(rule.Frontend, target.ToString(), rule.AffinitySeconds!.Value);

    private static void AddAffinity(RuleObjects objects, FrontendRule rule)
    {
        foreach (var target in rule.Endpoints.Union(rule.InsideEndpoints))
        {
            string name = Sticky(rule, target);
            objects.Sets.Add(NamedSet.OfClients(rule.Frontend.Family, name + "-clients", rule.AffinitySeconds!.Value));
            objects.Chains.Add(RuleTexts.AffinityEndpoint(rule.Frontend, name, target));
        }
    }

    private static void AddRefusal(RuleObjects objects, FrontendRule rule)
    {
        if (rule.Refusal == Refusal.None) return;
        bool nodePort = rule.Frontend.IsNodePort;
        bool outsideOnly = rule is { Traffic: Traffic.Local, Refusal: Refusal.Drop };
        objects.Elements.Add(new Element(
            rule.Frontend.Family,
            outsideOnly ? Names.RefusedOutside(nodePort) : Names.Refused(nodePort),
            rule.Frontend.Key,
            rule.Refusal == Refusal.Drop ? "drop" : $"goto {Names.Refuse}",
            rule.Owner));
    }

    private void AddFirewall(RuleObjects objects, FrontendRule rule)
    {
        if (rule.SourceRanges.IsEmpty) return;
        var chain = texts.Firewall(rule);
        objects.Chains.Add(chain);
        objects.Elements.Add(new Element(
            rule.Frontend.Family, Names.Firewalls, rule.Frontend.Key, $"jump {chain.Name}", rule.Owner));
    }
}
