namespace Sampan.Api.Core.V1;

/// <summary>Which image a mounted image volume holds.</summary>
[ApiType("io.k8s.api.core.v1.ImageVolumeStatus")]
public sealed partial class ImageVolumeStatus : IApiType<ImageVolumeStatus>
{
    /// <summary>Digest of the mounted image, in the same form as a container's image ID; at most 256 characters.</summary>
    [Field("imageRef", 1, Required = true, OmitEmpty = true)]
    public string ImageRef { get; set; } = "";
}
