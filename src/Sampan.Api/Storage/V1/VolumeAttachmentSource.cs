using Sampan.Api.Core.V1;

namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSource")]
public sealed partial class VolumeAttachmentSource : IApiType<VolumeAttachmentSource>
{
    [Field("persistentVolumeName", 1, Pointer = true)]
    public string? PersistentVolumeName { get; set; }

    [Field("inlineVolumeSpec", 2)]
    public PersistentVolumeSpec? InlineVolumeSpec { get; set; }
}
