using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>A kind of storage from which volumes are made on demand.</summary>
[ApiType("io.k8s.api.storage.v1.StorageClass")]
[Kind("storage.k8s.io", "v1", Plural = "storageclasses", Singular = "storageclass", ShortNames = ["sc"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class StorageClass : IObject<StorageClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who makes volumes of this class, such as the name of a CSI driver; immutable.</summary>
    [Field("provisioner", 2, Required = true)]
    public string Provisioner { get; set; } = "";

    /// <summary>Settings for the provisioner; at most 512, 256 kB in all. Immutable.</summary>
    [Field("parameters", 3)]
    public Dictionary<string, string>? Parameters { get; set; }

    /// <summary>What becomes of a volume when its claim is gone: Delete (the default) or Retain. Immutable.</summary>
    [Field("reclaimPolicy", 4, Pointer = true)]
    public string? ReclaimPolicy { get; set; }

    /// <summary>Mount options for volumes of the class, not checked; a wrong one makes mounting fail.</summary>
    [Field("mountOptions", 5, ListType = "atomic")]
    public List<string>? MountOptions { get; set; }

    /// <summary>Whether claims of this class may grow.</summary>
    [Field("allowVolumeExpansion", 6)]
    public bool? AllowVolumeExpansion { get; set; }

    /// <summary>
    /// Immediate (the default) makes the volume at once, WaitForFirstConsumer once a pod needs it and its node is known. Immutable.
    /// </summary>
    [Field("volumeBindingMode", 7, Pointer = true)]
    public string? VolumeBindingMode { get; set; }

    /// <summary>Where volumes may be made; anywhere when empty.</summary>
    [Field("allowedTopologies", 8, ListType = "atomic")]
    public List<TopologySelectorTerm>? AllowedTopologies { get; set; }
}
