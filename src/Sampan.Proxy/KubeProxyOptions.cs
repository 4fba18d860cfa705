using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Conntrack;

namespace Sampan.Proxy;

/// <summary>What the proxy needs to know.</summary>
public sealed record KubeProxyOptions
{
    /// <summary>The name of the Node object of this machine.</summary>
    public required string NodeName { get; init; }

    /// <summary>Shared informers; the proxy asks for Services and their ranges, EndpointSlices and its Node, and whoever made the factory runs it.</summary>
    public required InformerFactory Informers { get; init; }

    /// <summary>The addresses of all pods, as CIDRs. Traffic to cluster IPs from elsewhere is masqueraded.</summary>
    public IReadOnlyList<string> ClusterCidrs { get; init; } = [];

    /// <summary>By what the traffic of pods is told from other traffic.</summary>
    public DetectLocalMode DetectLocal { get; init; }

    /// <summary>The pods' interface as nftables writes it (<c>sampan0</c>, <c>veth*</c>), for the modes that need one.</summary>
    public string? PodInterface { get; init; }

    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of the packet mark for what is masqueraded.</summary>
    public int MasqueradeBit { get; init; } = 14;

    /// <summary>Lets TCP packets pass that are out of the window of their connection, for networks with a way there and another back.</summary>
    public bool TcpBeLiberal { get; init; }

    /// <summary>CIDRs of the local addresses on which node ports answer; empty means all local addresses.</summary>
    public IReadOnlyList<string> NodePortAddresses { get; init; } = [];

    /// <summary>
    /// Lets node ports answer on 127.0.0.1. The interfaces that lead to pods must have route_localnet set, which the network
    /// component of Sampan does for its bridge.
    /// </summary>
    public bool LocalhostNodePorts { get; init; }

    /// <summary>Where <c>/healthz</c>, <c>/livez</c> and <c>/metrics</c> are served; null for nowhere.</summary>
    public IPEndPoint? HealthAddress { get; init; }

    /// <summary>Where <c>/metrics</c> is served besides; null for nowhere else.</summary>
    public IPEndPoint? MetricsAddress { get; init; }

    /// <summary>What <c>/readyz</c> there tells of besides the proxy's own rules.</summary>
    public IReadOnlyList<HealthCheck> MoreChecks { get; init; } = [];

    /// <summary>Whether an address of these that cannot be had is an error; else it is tried for again every few seconds.</summary>
    public bool BindAddressHardFail { get; init; }

    /// <summary>How often the kernel's tables are compared with what they should be.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait between two changes of the tables; further ones gather meanwhile.</summary>
    public TimeSpan MinSyncPeriod { get; init; }

    /// <summary>What <c>/configz</c> shows; null for no such page.</summary>
    public JsonObject? Configuration { get; init; }

    /// <summary>What the proxy was started with, by name, to be shown at /flagz.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>();

    public MetricRegistry Metrics { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    internal Func<INftables> OpenNftables { get; init; } = HostNftables.Open;

    internal IConntrack Conntrack { get; init; } = new NetlinkConntrack(() => new NetlinkSocket());
}
