using Sampan.Api.Core.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>The volume to attach; exactly one of its fields is set.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSource")]
public sealed partial class VolumeAttachmentSource : IApiType<VolumeAttachmentSource>
{
    /// <summary>A PersistentVolume by name.</summary>
    [Field("persistentVolumeName", 1, Pointer = true)]
    public string? PersistentVolumeName { get; set; }

    /// <summary>
    /// A volume that was written in a pod, translated to the form of a PersistentVolume; for in-tree volumes that moved to CSI.
    /// </summary>
    [Field("inlineVolumeSpec", 2)]
    public PersistentVolumeSpec? InlineVolumeSpec { get; set; }
}
