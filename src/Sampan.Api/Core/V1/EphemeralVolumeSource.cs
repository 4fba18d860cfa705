namespace Sampan.Api.Core.V1;

/// <summary>A volume with a claim of its own, which is made for the pod and deleted with it.</summary>
[ApiType("io.k8s.api.core.v1.EphemeralVolumeSource")]
public sealed partial class EphemeralVolumeSource : IApiType<EphemeralVolumeSource>
{
    /// <summary>Claim to make; it is named after the pod and the volume, as in pod-volume. Required and immutable.</summary>
    [Field("volumeClaimTemplate", 1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}
