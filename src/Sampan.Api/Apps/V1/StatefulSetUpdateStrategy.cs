namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.StatefulSetUpdateStrategy")]
public sealed partial class StatefulSetUpdateStrategy : IApiType<StatefulSetUpdateStrategy>
{
    [Field("type", 1)]
    public string? Type { get; set; }

    [Field("rollingUpdate", 2)]
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; set; }
}
