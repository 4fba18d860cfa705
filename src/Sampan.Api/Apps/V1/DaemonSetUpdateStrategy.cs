namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DaemonSetUpdateStrategy")]
public sealed partial class DaemonSetUpdateStrategy : IApiType<DaemonSetUpdateStrategy>
{
    [Field("type", 1)]
    public string? Type { get; set; }

    [Field("rollingUpdate", 2)]
    public RollingUpdateDaemonSet? RollingUpdate { get; set; }
}
