namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ImageVolumeSource")]
public sealed partial class ImageVolumeSource : IApiType<ImageVolumeSource>
{
    [Field("reference", 1)]
    public string? Reference { get; set; }

    [Field("pullPolicy", 2)]
    public string? PullPolicy { get; set; }
}
