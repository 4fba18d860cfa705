using System.Collections.Immutable;
using System.Net;

namespace Sampan.Proxy.Model;

/// <summary>One port of a Service in one IP family: what the API says, in the terms of the compiler.</summary>
internal sealed record ServicePortView(ServiceKey Service, string PortName, Protocol Protocol, int Port, IPAddress ClusterIP)
{
    /// <summary>Zero when the Service has no node port.</summary>
    public int NodePort { get; init; }

    public ImmutableArray<IPAddress> ExternalIPs { get; init; } = [];

    public ImmutableArray<IPAddress> LoadBalancerIPs { get; init; } = [];

    /// <summary>Who may use the load balancer's addresses; empty means everyone.</summary>
    public ImmutableArray<IPNetwork> SourceRanges { get; init; } = [];

    public bool InternalLocal { get; init; }

    public bool ExternalLocal { get; init; }

    /// <summary>Where load balancers ask whether this node has endpoints of the Service; zero for nowhere.</summary>
    public int HealthCheckNodePort { get; init; }

    /// <summary>How long a client keeps its endpoint, in seconds; null without session affinity.</summary>
    public int? AffinitySeconds { get; init; }

    public IPFamily Family => IPFamilies.Of(ClusterIP);

    public bool ExternallyAccessible => NodePort != 0 || !ExternalIPs.IsEmpty || !LoadBalancerIPs.IsEmpty;
}
