using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Proxy.Nftables;

namespace Sampan.Proxy;

/// <summary>What the enforcement of NetworkPolicies needs to know.</summary>
public sealed record NetworkPolicyOptions
{
    /// <summary>The name of the Node object of this machine.</summary>
    public required string NodeName { get; init; }

    /// <summary>Shared informers; the pods, namespaces and policies of the whole cluster are asked for.</summary>
    public required InformerFactory Informers { get; init; }

    public MetricRegistry Metrics { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    internal Func<INftables> OpenNftables { get; init; } = HostNftables.Open;
}
