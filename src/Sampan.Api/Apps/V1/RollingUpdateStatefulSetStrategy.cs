namespace Sampan.Api.Apps.V1;

/// <summary>Extent and pace of replacing a StatefulSet's pods.</summary>
[ApiType("io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy")]
public sealed partial class RollingUpdateStatefulSetStrategy : IApiType<RollingUpdateStatefulSetStrategy>
{
    /// <summary>
    /// Pods with a lower ordinal keep the old version, so that a change can be tried on the last ones first; default 0, update all.
    /// </summary>
    [Field("partition", 1)]
    public int? Partition { get; set; }

    /// <summary>
    /// How many pods may be down at once during an update, as a number or percentage rounded up; at least 1, which is the default.
    /// </summary>
    [Field("maxUnavailable", 2)]
    public IntOrString? MaxUnavailable { get; set; }
}
