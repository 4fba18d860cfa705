namespace Sampan.Api.Apps.V1;

/// <summary>How a Deployment goes from old pods to new ones.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentStrategy")]
public sealed partial class DeploymentStrategy : IApiType<DeploymentStrategy>
{
    /// <summary>RollingUpdate swaps pods little by little (default); Recreate ends all old ones before it starts new ones.</summary>
    [Field("type", 1)]
    public string? Type { get; set; }

    /// <summary>Pace of the swap; must be absent for Recreate.</summary>
    [Field("rollingUpdate", 2)]
    public RollingUpdateDeployment? RollingUpdate { get; set; }
}
