namespace Sampan.Api.Core.V1;

/// <summary>A Google Compute Engine disk; deprecated, the driver pd.csi.storage.gke.io does the work.</summary>
[ApiType("io.k8s.api.core.v1.GCEPersistentDiskVolumeSource")]
public sealed partial class GCEPersistentDiskVolumeSource : IApiType<GCEPersistentDiskVolumeSource>
{
    /// <summary>Name of the disk in the Google Cloud project.</summary>
    [Field("pdName", 1, Required = true)]
    public string PdName { get; set; } = "";

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }

    /// <summary>Number of the partition to mount; 0 mounts the whole disk.</summary>
    [Field("partition", 3)]
    public int Partition { get; set; }

    /// <summary>Makes every mount of the disk read-only, which several nodes can then share.</summary>
    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }
}
