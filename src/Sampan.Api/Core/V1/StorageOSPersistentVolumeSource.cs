namespace Sampan.Api.Core.V1;

/// <summary>A StorageOS volume behind a persistent volume; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.StorageOSPersistentVolumeSource")]
public sealed partial class StorageOSPersistentVolumeSource : IApiType<StorageOSPersistentVolumeSource>
{
    /// <summary>Existing StorageOS volume, unique in its StorageOS namespace.</summary>
    [Field("volumeName", 1)]
    public string? VolumeName { get; set; }

    /// <summary>StorageOS namespace of the volume, default if none are in use; named after the claim's namespace when absent.</summary>
    [Field("volumeNamespace", 2)]
    public string? VolumeNamespace { get; set; }

    /// <summary>Filesystem on the volume, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 3)]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the volume read-only.</summary>
    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    /// <summary>Secret with credentials for the StorageOS API; built-in defaults when absent.</summary>
    [Field("secretRef", 5)]
    public ObjectReference? SecretRef { get; set; }
}
