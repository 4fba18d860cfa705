namespace Sampan.Api.Storage.V1;

/// <summary>How far the attaching or detaching is.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttachmentStatus")]
public sealed partial class VolumeAttachmentStatus : IApiType<VolumeAttachmentStatus>
{
    /// <summary>Whether the volume is attached.</summary>
    [Field("attached", 1, Required = true)]
    public bool Attached { get; set; }

    /// <summary>What the driver told when it attached the volume, for the mount on the node.</summary>
    [Field("attachmentMetadata", 2)]
    public Dictionary<string, string>? AttachmentMetadata { get; set; }

    /// <summary>Why attaching failed last; absent when it did not.</summary>
    [Field("attachError", 3)]
    public VolumeError? AttachError { get; set; }

    /// <summary>Why detaching failed last; absent when it did not.</summary>
    [Field("detachError", 4)]
    public VolumeError? DetachError { get; set; }
}
