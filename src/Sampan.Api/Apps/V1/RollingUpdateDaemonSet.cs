namespace Sampan.Api.Apps.V1;

/// <summary>Pace at which a DaemonSet's pods are replaced.</summary>
[ApiType("io.k8s.api.apps.v1.RollingUpdateDaemonSet")]
public sealed partial class RollingUpdateDaemonSet : IApiType<RollingUpdateDaemonSet>
{
    /// <summary>
    /// How many nodes may be without an available pod meanwhile, as a number or percentage rounded up; default 1, not 0 unless a surge is
    /// allowed.
    /// </summary>
    [Field("maxUnavailable", 1)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>How many nodes may run the new pod beside the old one meanwhile, as a number or percentage rounded up; default 0.</summary>
    [Field("maxSurge", 2)]
    public IntOrString? MaxSurge { get; set; }
}
