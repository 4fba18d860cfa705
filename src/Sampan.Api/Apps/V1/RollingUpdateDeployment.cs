namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.RollingUpdateDeployment")]
public sealed partial class RollingUpdateDeployment : IApiType<RollingUpdateDeployment>
{
    [Field("maxUnavailable", 1)]
    public IntOrString? MaxUnavailable { get; set; }

    [Field("maxSurge", 2)]
    public IntOrString? MaxSurge { get; set; }
}
