using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>How much room a storage class has left in one part of the cluster.</summary>
[ApiType("io.k8s.api.storage.v1.CSIStorageCapacity")]
[Kind("storage.k8s.io", "v1", Plural = "csistoragecapacities", Singular = "csistoragecapacity", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class CSIStorageCapacity : IObject<CSIStorageCapacity>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The nodes from which this storage can be reached; none when absent. Immutable.</summary>
    [Field("nodeTopology", 2)]
    public LabelSelector? NodeTopology { get; set; }

    /// <summary>The StorageClass that this is about; immutable.</summary>
    [Field("storageClassName", 3, Required = true)]
    public string StorageClassName { get; set; } = "";

    /// <summary>Bytes that are free for volumes of the class.</summary>
    [Field("capacity", 4)]
    public Quantity? Capacity { get; set; }

    /// <summary>Bytes that a single volume may have at most.</summary>
    [Field("maximumVolumeSize", 5)]
    public Quantity? MaximumVolumeSize { get; set; }
}
