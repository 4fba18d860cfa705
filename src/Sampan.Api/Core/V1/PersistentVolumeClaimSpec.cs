using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimSpec")]
public sealed partial class PersistentVolumeClaimSpec : IApiType<PersistentVolumeClaimSpec>
{
    [Field("accessModes", 1, ListType = "atomic")]
    public List<string>? AccessModes { get; set; }

    [Field("selector", 4)]
    public LabelSelector? Selector { get; set; }

    [Field("resources", 2)]
    public VolumeResourceRequirements Resources { get; set; } = new();

    [Field("volumeName", 3)]
    public string? VolumeName { get; set; }

    [Field("storageClassName", 5, Pointer = true)]
    public string? StorageClassName { get; set; }

    [Field("volumeMode", 6, Pointer = true)]
    public string? VolumeMode { get; set; }

    [Field("dataSource", 7)]
    public TypedLocalObjectReference? DataSource { get; set; }

    [Field("dataSourceRef", 8)]
    public TypedObjectReference? DataSourceRef { get; set; }

    [Field("volumeAttributesClassName", 9, Pointer = true)]
    public string? VolumeAttributesClassName { get; set; }
}
