namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ImageVolumeStatus")]
public sealed partial class ImageVolumeStatus : IApiType<ImageVolumeStatus>
{
    [Field("imageRef", 1, Required = true, OmitEmpty = true)]
    public string ImageRef { get; set; } = "";
}
