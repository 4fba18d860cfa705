namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>Upstream's timings and rates.</summary>
public sealed record NodeLifecycleOptions
{
    /// <summary>How often each node is looked at.</summary>
    public TimeSpan MonitorPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A node without a sign of life for this long is unknown.</summary>
    public TimeSpan MonitorGracePeriod { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>The same for a node that never reported.</summary>
    public TimeSpan StartupGracePeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nodes a second whose pods begin to be evicted, per zone.</summary>
    public double EvictionRate { get; init; } = 0.1;

    /// <summary>The rate in a large zone of which much is down.</summary>
    public double SecondaryEvictionRate { get; init; } = 0.01;

    /// <summary>From this share of unhealthy nodes on a zone counts as partly disrupted.</summary>
    public double UnhealthyZoneThreshold { get; init; } = 0.55;

    /// <summary>Zones up to this size are not evicted at all when partly disrupted.</summary>
    public int LargeClusterSize { get; init; } = 50;
}
