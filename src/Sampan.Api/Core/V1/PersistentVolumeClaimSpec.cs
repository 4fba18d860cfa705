using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>The storage that a claim asks for; mostly fixed after creation, except that the request may grow.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimSpec")]
public sealed partial class PersistentVolumeClaimSpec : IApiType<PersistentVolumeClaimSpec>
{
    /// <summary>How the volume must be usable: ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.</summary>
    [Field("accessModes", 1, ListType = "atomic")]
    public List<string>? AccessModes { get; set; }

    /// <summary>Labels that a volume must carry to be considered; such a claim gets no new volume made for it.</summary>
    [Field("selector", 4)]
    public LabelSelector? Selector { get; set; }

    /// <summary>How large the volume must be; may be raised later if the storage class allows expansion.</summary>
    [Field("resources", 2)]
    public VolumeResourceRequirements Resources { get; set; } = new();

    /// <summary>Persistent volume to which the claim is bound, or wants to be.</summary>
    [Field("volumeName", 3)]
    public string? VolumeName { get; set; }

    /// <summary>Storage class to take the volume from; absent means the default class, empty means volumes without a class.</summary>
    [Field("storageClassName", 5, Pointer = true)]
    public string? StorageClassName { get; set; }

    /// <summary>Filesystem (the default) for a mounted directory, or Block for a raw device.</summary>
    [Field("volumeMode", 6, Pointer = true)]
    public string? VolumeMode { get; set; }

    /// <summary>VolumeSnapshot or other claim in the namespace whose content the new volume starts with.</summary>
    [Field("dataSource", 7)]
    public TypedLocalObjectReference? DataSource { get; set; }

    /// <summary>
    /// Object whose content the new volume starts with, of any kind a populator handles; kept equal to dataSource where both can say it.
    /// </summary>
    [Field("dataSourceRef", 8)]
    public TypedObjectReference? DataSourceRef { get; set; }

    /// <summary>VolumeAttributesClass that the volume should follow; may be changed later to modify the volume.</summary>
    [Field("volumeAttributesClassName", 9, Pointer = true)]
    public string? VolumeAttributesClassName { get; set; }
}
