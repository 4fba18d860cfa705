namespace Sampan.Api.Core.V1;

/// <summary>A read-only volume with the files of a container image or other OCI artifact.</summary>
[ApiType("io.k8s.api.core.v1.ImageVolumeSource")]
public sealed partial class ImageVolumeSource : IApiType<ImageVolumeSource>
{
    /// <summary>Image or artifact to mount, written like a container's image; pulled with the same credentials.</summary>
    [Field("reference", 1)]
    public string? Reference { get; set; }

    /// <summary>When to pull: Always (the default for the tag latest), IfNotPresent (otherwise) or Never.</summary>
    [Field("pullPolicy", 2)]
    public string? PullPolicy { get; set; }
}
