using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>The wish and the fact that a volume is attached to a node.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttachment")]
[Kind("storage.k8s.io", "v1", Plural = "volumeattachments", Singular = "volumeattachment", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class VolumeAttachment : IObject<VolumeAttachment>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which volume goes to which node; immutable.</summary>
    [Field("spec", 2, Required = true)]
    public VolumeAttachmentSpec Spec { get; set; } = new();

    /// <summary>Whether it is attached, as the driver tells.</summary>
    [Field("status", 3)]
    public VolumeAttachmentStatus Status { get; set; } = new();
}
