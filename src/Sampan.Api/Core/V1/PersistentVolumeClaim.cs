using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A request for storage, bound to one PersistentVolume.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaim")]
[Kind("", "v1", Plural = "persistentvolumeclaims", Singular = "persistentvolumeclaim", Namespaced = true, ShortNames = ["pvc"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class PersistentVolumeClaim : IObject<PersistentVolumeClaim>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What storage is asked for.</summary>
    [Field("spec", 2)]
    public PersistentVolumeClaimSpec Spec { get; set; } = new();

    /// <summary>Whether the claim has a volume, and what that volume offers.</summary>
    [Field("status", 3)]
    public PersistentVolumeClaimStatus Status { get; set; } = new();
}
