namespace Sampan.Api.Apps.V1;

/// <summary>How a DaemonSet brings in a changed template.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetUpdateStrategy")]
public sealed partial class DaemonSetUpdateStrategy : IApiType<DaemonSetUpdateStrategy>
{
    /// <summary>RollingUpdate replaces pods node by node (default); OnDelete waits until someone deletes the old ones.</summary>
    [Field("type", 1)]
    public string? Type { get; set; }

    /// <summary>Pace of the replacement; only for type RollingUpdate.</summary>
    [Field("rollingUpdate", 2)]
    public RollingUpdateDaemonSet? RollingUpdate { get; set; }
}
