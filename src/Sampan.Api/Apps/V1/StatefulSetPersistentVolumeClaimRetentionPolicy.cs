namespace Sampan.Api.Apps.V1;

/// <summary>What becomes of the claims of pods that are no longer wanted.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy")]
public sealed partial class StatefulSetPersistentVolumeClaimRetentionPolicy : IApiType<StatefulSetPersistentVolumeClaimRetentionPolicy>
{
    /// <summary>Retain keeps all claims when the StatefulSet is deleted (default); Delete removes them with it.</summary>
    [Field("whenDeleted", 1)]
    public string? WhenDeleted { get; set; }

    /// <summary>Retain keeps a claim when its pod is scaled away (default); Delete removes it.</summary>
    [Field("whenScaled", 2)]
    public string? WhenScaled { get; set; }
}
