namespace Sampan.Api.Core.V1;

/// <summary>Details of a mounted volume that depend on its type.</summary>
[ApiType("io.k8s.api.core.v1.VolumeStatus")]
public sealed partial class VolumeStatus : IApiType<VolumeStatus>
{
    /// <summary>The image that is mounted, for image volumes.</summary>
    [Field("image", 1)]
    public ImageVolumeStatus? Image { get; set; }
}
