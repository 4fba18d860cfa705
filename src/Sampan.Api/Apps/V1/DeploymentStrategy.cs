namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DeploymentStrategy")]
public sealed partial class DeploymentStrategy : IApiType<DeploymentStrategy>
{
    [Field("type", 1)]
    public string? Type { get; set; }

    [Field("rollingUpdate", 2)]
    public RollingUpdateDeployment? RollingUpdate { get; set; }
}
