namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentStatus")]
public sealed partial class VolumeAttachmentStatus : IApiType<VolumeAttachmentStatus>
{
    [Field("attached", 1, Required = true)]
    public bool Attached { get; set; }

    [Field("attachmentMetadata", 2)]
    public Dictionary<string, string>? AttachmentMetadata { get; set; }

    [Field("attachError", 3)]
    public VolumeError? AttachError { get; set; }

    [Field("detachError", 4)]
    public VolumeError? DetachError { get; set; }
}
