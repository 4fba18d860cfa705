namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy")]
public sealed partial class StatefulSetPersistentVolumeClaimRetentionPolicy : IApiType<StatefulSetPersistentVolumeClaimRetentionPolicy>
{
    [Field("whenDeleted", 1)]
    public string? WhenDeleted { get; set; }

    [Field("whenScaled", 2)]
    public string? WhenScaled { get; set; }
}
