namespace Sampan.Api.Core.V1;

/// <summary>An Azure data disk; deprecated, the driver disk.csi.azure.com does the work.</summary>
[ApiType("io.k8s.api.core.v1.AzureDiskVolumeSource")]
public sealed partial class AzureDiskVolumeSource : IApiType<AzureDiskVolumeSource>
{
    /// <summary>What Azure calls the disk.</summary>
    [Field("diskName", 1, Required = true)]
    public string DiskName { get; set; } = "";

    /// <summary>Full Azure address of the disk: a resource ID for a managed disk, a blob URL otherwise.</summary>
    [Field("diskURI", 2, Required = true)]
    public string DiskURI { get; set; } = "";

    /// <summary>How the host caches the disk: None, ReadOnly or ReadWrite (the default).</summary>
    [Field("cachingMode", 3, Pointer = true, Default = "ReadWrite")]
    public string? CachingMode { get; set; }

    /// <summary>Filesystem on the disk, such as ext4, xfs or ntfs; ext4 when absent.</summary>
    [Field("fsType", 4, Pointer = true, Default = "ext4")]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the disk read-only; false when absent.</summary>
    [Field("readOnly", 5, Default = "false")]
    public bool? ReadOnly { get; set; }

    /// <summary>Disk type: Managed, Dedicated (its own storage account) or Shared (the default).</summary>
    [Field("kind", 6, Pointer = true, Default = "Shared")]
    public string? Kind { get; set; }
}
