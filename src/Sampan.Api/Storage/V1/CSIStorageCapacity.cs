using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>How much room a storage class has left in one part of the cluster.</summary>
[ApiType("io.k8s.api.storage.v1.CSIStorageCapacity")]
[Kind("storage.k8s.io", "v1", Plural = "csistoragecapacities", Singular = "csistoragecapacity", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class CSIStorageCapacity : IObject<CSIStorageCapacity>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("nodeTopology", 2)]
    public LabelSelector? NodeTopology { get; set; }

    [Field("storageClassName", 3, Required = true)]
    public string StorageClassName { get; set; } = "";

    [Field("capacity", 4)]
    public Quantity? Capacity { get; set; }

    [Field("maximumVolumeSize", 5)]
    public Quantity? MaximumVolumeSize { get; set; }
}
