using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client;

namespace Sampan.Kubelet.Simulated;

/// <summary>What simulated nodes look like and how busy they keep the API server.</summary>
public sealed record SimulatedNodesOptions
{
    /// <summary>A client that may write nodes, their leases, and pods.</summary>
    public required ApiClient Client { get; init; }

    /// <summary>How many nodes are registered, as PREFIX-0, PREFIX-1, …</summary>
    public required int Count { get; init; }

    public string NamePrefix { get; init; } = "simulated";

    /// <summary>What each node offers.</summary>
    public string Cpu { get; init; } = "32";

    public string Memory { get; init; } = "256Gi";

    public int MaxPods { get; init; } = 110;

    /// <summary>The nodes are spread over this many zones.</summary>
    public int Zones { get; init; } = 3;

    /// <summary>Writes at once.</summary>
    public int Parallelism { get; init; } = 8;

    public string Version { get; init; } = KubernetesVersion.Git;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// How often a node renews its lease: as a kubelet does, and less often in clusters that would otherwise write leases
    /// more than 500 times a second.
    /// </summary>
    public TimeSpan LeaseInterval => TimeSpan.FromSeconds(Math.Max(10, Count / 500));

    /// <summary>How long the node lifecycle controller must be patient for that rhythm.</summary>
    public TimeSpan MonitorGracePeriod => LeaseInterval * 5;

    /// <summary>Each node renews at its own moment of the interval, so that the writes come evenly.</summary>
    internal TimeSpan FirstRenewal(int number) => LeaseInterval * (number % 1000 / 1000.0);
}
