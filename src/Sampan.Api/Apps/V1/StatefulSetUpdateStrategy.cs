namespace Sampan.Api.Apps.V1;

/// <summary>How a StatefulSet's pods are replaced when the template changes.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetUpdateStrategy")]
public sealed partial class StatefulSetUpdateStrategy : IApiType<StatefulSetUpdateStrategy>
{
    /// <summary>RollingUpdate replaces pods from the highest ordinal down (default); OnDelete leaves the deleting to you.</summary>
    [Field("type", 1)]
    public string? Type { get; set; }

    /// <summary>Extent and pace of the update; for type RollingUpdate only.</summary>
    [Field("rollingUpdate", 2)]
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; set; }
}
