using System.Collections.Immutable;
using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>All rules of one Service, and what it adds to the sets that Services share.</summary>
internal sealed record ServiceRules(ServiceKey Service, ImmutableArray<FrontendRule> Frontends)
{
    public static ServiceRules None(ServiceKey service) => new(service, []);

    /// <summary>Pods of this node that may meet themselves through the Service.</summary>
    public ImmutableArray<IPAddress> HairpinAddresses { get; init; } = [];

    public ImmutableArray<IPAddress> ClusterIPs { get; init; } = [];

    /// <summary>The health check that load balancers ask for; null when the Service has none.</summary>
    public LocalHealth? Health { get; init; }

    public FrontendRule? Find(Frontend frontend)
    {
        foreach (var rule in Frontends)
        {
            if (rule.Frontend.Equals(frontend)) return rule;
        }

        return null;
    }
}
