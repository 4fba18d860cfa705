using System.Collections.Immutable;
using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>Turns the ports of one Service and their endpoints into rules: a pure function, without memory of earlier rules.</summary>
internal sealed class ServiceCompiler(CompileOptions options)
{
    public ServiceRules Compile(ServiceKey service, IEnumerable<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)> ports)
    {
        var rules = ImmutableArray.CreateBuilder<FrontendRule>();
        var hairpin = new SortedSet<string>(StringComparer.Ordinal);
        var clusterIPs = new HashSet<IPAddress>();
        var local = new HashSet<IPAddress>();
        int healthPort = 0;
        foreach (var (port, endpoints) in ports)
        {
            var choice = EndpointChoice.Of(port, endpoints, options);
            rules.AddRange(Rules(port, choice));
            clusterIPs.Add(port.ClusterIP);
            healthPort = Math.Max(healthPort, port.HealthCheckNodePort);
            // Balancers leave a node whose last endpoints terminate, though these still serve who comes.
            local.UnionWith(endpoints.Where(e => e is { Local: true, Ready: true }).Select(e => e.Target.Address));
            foreach (var endpoint in endpoints.Where(e => e.Local && Serves(choice, e)))
            {
                if (!options.NodeAddresses.Contains(endpoint.Target.Address)) hairpin.Add(endpoint.Target.Address.ToString());
            }
        }

        return new ServiceRules(service, [.. rules.DistinctBy(r => r.Frontend)])
        {
            HairpinAddresses = [.. hairpin.Select(IPAddress.Parse)],
            ClusterIPs = [.. clusterIPs],
            Health = healthPort == 0 ? null : new LocalHealth(service, healthPort, local.Count),
        };
    }

    private static bool Serves(EndpointChoice choice, EndpointView endpoint) =>
        choice.Cluster.Contains(endpoint.Target) || choice.Local.Contains(endpoint.Target);

    private static IEnumerable<FrontendRule> Rules(ServicePortView port, EndpointChoice choice)
    {
        yield return Internal(port, choice);
        foreach (var address in port.ExternalIPs)
            yield return External(port, choice, Frontend.Of(address, port.Protocol, port.Port));
        foreach (var address in port.LoadBalancerIPs)
        {
            yield return External(port, choice, Frontend.Of(address, port.Protocol, port.Port)) with
            {
                SourceRanges = port.SourceRanges,
            };
        }

        if (port.NodePort != 0)
            yield return External(port, choice, Frontend.OfNodePort(port.Family, port.Protocol, port.NodePort));
    }

    private static FrontendRule Internal(ServicePortView port, EndpointChoice choice) =>
        Rule(port, Frontend.Of(port.ClusterIP, port.Protocol, port.Port), Traffic.Cluster, choice, port.InternalLocal);

    private static FrontendRule External(ServicePortView port, EndpointChoice choice, Frontend frontend)
    {
        var traffic = port.ExternalLocal ? Traffic.Local : Traffic.External;
        var rule = Rule(port, frontend, traffic, choice, port.ExternalLocal);
        return port.ExternalLocal ? rule with { InsideEndpoints = choice.Cluster } : rule;
    }

    private static FrontendRule Rule(ServicePortView port, Frontend frontend, Traffic traffic, EndpointChoice choice, bool local)
    {
        var endpoints = local ? choice.Local : choice.Cluster;
        return new FrontendRule(frontend, traffic)
        {
            Owner = port.PortName.Length == 0 ? port.Service.ToString() : $"{port.Service}:{port.PortName}",
            Endpoints = endpoints,
            Serving = choice.Serving,
            Refusal = !endpoints.IsEmpty ? Refusal.None : choice.Any ? Refusal.Drop : Refusal.Reject,
            AffinitySeconds = port.AffinitySeconds,
        };
    }
}
