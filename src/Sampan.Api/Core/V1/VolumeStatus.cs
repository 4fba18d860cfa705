namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.VolumeStatus")]
public sealed partial class VolumeStatus : IApiType<VolumeStatus>
{
    [Field("image", 1)]
    public ImageVolumeStatus? Image { get; set; }
}
