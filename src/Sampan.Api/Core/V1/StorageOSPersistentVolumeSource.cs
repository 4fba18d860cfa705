namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.StorageOSPersistentVolumeSource")]
public sealed partial class StorageOSPersistentVolumeSource : IApiType<StorageOSPersistentVolumeSource>
{
    [Field("volumeName", 1)]
    public string? VolumeName { get; set; }

    [Field("volumeNamespace", 2)]
    public string? VolumeNamespace { get; set; }

    [Field("fsType", 3)]
    public string? FsType { get; set; }

    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    [Field("secretRef", 5)]
    public ObjectReference? SecretRef { get; set; }
}
