namespace Sampan.ControllerManager.Cloud;

/// <summary>What a cloud controller manager is started with; its provider is the local one.</summary>
public sealed record CloudControllerManagerOptions : ControllerProcessOptions
{
    /// <summary>The addresses that Services of type LoadBalancer get: a range, or one of each family with a comma between.</summary>
    public string LoadBalancerCidr { get; init; } = "10.98.0.0/24";

    /// <summary>How often the machines of nodes that are not ready are asked for.</summary>
    public TimeSpan NodeMonitorPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the addresses of nodes are asked for.</summary>
    public TimeSpan NodeStatusUpdateFrequency { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the provider's routes are compared.</summary>
    public TimeSpan RouteReconciliationPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The addresses of pods, for which routes are made where the provider has any.</summary>
    public string? ClusterCidr { get; init; }

    /// <summary>Off: the pod network makes its own routes, whatever the provider could.</summary>
    public bool ConfigureCloudRoutes { get; init; } = true;

    /// <summary>How many Services are worked on at once.</summary>
    public int ConcurrentServiceSyncs { get; init; } = 1;
}
