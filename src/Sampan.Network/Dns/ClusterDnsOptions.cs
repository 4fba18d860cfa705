using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;

namespace Sampan.Network.Dns;

/// <summary>What the cluster's DNS server needs to know.</summary>
public sealed record ClusterDnsOptions
{
    public required string NodeName { get; init; }

    /// <summary>Shared informers; whoever made the factory runs it.</summary>
    public required InformerFactory Informers { get; init; }

    /// <summary>An address of this node and a port, for UDP and TCP; pods reach it through the Service.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The address of the Service <c>kube-system/kube-dns</c>; null to publish nothing.</summary>
    public IPAddress? ClusterIP { get; init; }

    public string Domain { get; init; } = "cluster.local";

    /// <summary>The addresses of pods and Services: nobody else is asked for their names.</summary>
    public IReadOnlyList<IPNetwork> Ranges { get; init; } = [];

    /// <summary>How long clients may remember the cluster's records, in seconds.</summary>
    public int TimeToLive { get; init; } = 5;

    /// <summary>Files that name the servers for everything outside the cluster, as resolv.conf does; the first that helps is used.</summary>
    public IReadOnlyList<string> ResolvConf { get; init; } = Forwarding.ResolvConf.DefaultPaths;

    /// <summary>The servers themselves, instead of <see cref="ResolvConf"/>.</summary>
    public IReadOnlyList<IPEndPoint> Upstreams { get; init; } = [];

    /// <summary>How much memory answers from upstream may take, in bytes.</summary>
    public int CacheBytes { get; init; } = 16 << 20;

    public MetricRegistry Metrics { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
