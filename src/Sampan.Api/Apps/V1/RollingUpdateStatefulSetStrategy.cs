namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy")]
public sealed partial class RollingUpdateStatefulSetStrategy : IApiType<RollingUpdateStatefulSetStrategy>
{
    [Field("partition", 1)]
    public int? Partition { get; set; }

    [Field("maxUnavailable", 2)]
    public IntOrString? MaxUnavailable { get; set; }
}
