namespace Sampan.Api.Core.V1;

/// <summary>A Portworx volume; deprecated, the driver pxd.portworx.com does the work.</summary>
[ApiType("io.k8s.api.core.v1.PortworxVolumeSource")]
public sealed partial class PortworxVolumeSource : IApiType<PortworxVolumeSource>
{
    /// <summary>Identifier that Portworx gave the volume.</summary>
    [Field("volumeID", 1, Required = true)]
    public string VolumeID { get; set; } = "";

    /// <summary>Filesystem on the volume, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the volume read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
