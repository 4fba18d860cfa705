namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EphemeralVolumeSource")]
public sealed partial class EphemeralVolumeSource : IApiType<EphemeralVolumeSource>
{
    [Field("volumeClaimTemplate", 1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}
