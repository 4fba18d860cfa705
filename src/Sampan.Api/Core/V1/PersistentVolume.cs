using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A piece of storage that outlives pods, provided by an administrator or a storage class.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolume")]
[Kind("", "v1", Plural = "persistentvolumes", Singular = "persistentvolume", ShortNames = ["pv"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class PersistentVolume : IObject<PersistentVolume>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Where the storage is, how large it is and how it may be used.</summary>
    [Field("spec", 2)]
    public PersistentVolumeSpec Spec { get; set; } = new();

    /// <summary>Whether the volume is free, bound or released.</summary>
    [Field("status", 3)]
    public PersistentVolumeStatus Status { get; set; } = new();
}
