namespace Sampan.ControllerManager.Cloud;

/// <summary>What a cloud controller manager is started with; its provider is the local one.</summary>
public sealed record CloudControllerManagerOptions : ControllerProcessOptions
{
    /// <summary>The addresses that Services of type LoadBalancer get.</summary>
    public string LoadBalancerCidr { get; init; } = "10.98.0.0/24";

    /// <summary>How often nodes' machines are asked for.</summary>
    public TimeSpan NodeMonitorPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the provider's routes are compared.</summary>
    public TimeSpan RouteReconciliationPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The addresses of pods, for which routes are made where the provider has any.</summary>
    public string? ClusterCidr { get; init; }
}
