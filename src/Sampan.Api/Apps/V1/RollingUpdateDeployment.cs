namespace Sampan.Api.Apps.V1;

/// <summary>Pace at which a Deployment's pods are replaced.</summary>
[ApiType("io.k8s.api.apps.v1.RollingUpdateDeployment")]
public sealed partial class RollingUpdateDeployment : IApiType<RollingUpdateDeployment>
{
    /// <summary>
    /// How many of the wanted pods may be missing meanwhile, as a number or percentage rounded down; default 25%. Not 0 together with the
    /// surge.
    /// </summary>
    [Field("maxUnavailable", 1)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>How many pods may exist beyond the wanted number meanwhile, as a number or percentage rounded up; default 25%.</summary>
    [Field("maxSurge", 2)]
    public IntOrString? MaxSurge { get; set; }
}
