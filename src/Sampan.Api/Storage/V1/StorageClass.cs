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

    [Field("provisioner", 2, Required = true)]
    public string Provisioner { get; set; } = "";

    [Field("parameters", 3)]
    public Dictionary<string, string>? Parameters { get; set; }

    [Field("reclaimPolicy", 4, Pointer = true)]
    public string? ReclaimPolicy { get; set; }

    [Field("mountOptions", 5, ListType = "atomic")]
    public List<string>? MountOptions { get; set; }

    [Field("allowVolumeExpansion", 6)]
    public bool? AllowVolumeExpansion { get; set; }

    [Field("volumeBindingMode", 7, Pointer = true)]
    public string? VolumeBindingMode { get; set; }

    [Field("allowedTopologies", 8, ListType = "atomic")]
    public List<TopologySelectorTerm>? AllowedTopologies { get; set; }
}
