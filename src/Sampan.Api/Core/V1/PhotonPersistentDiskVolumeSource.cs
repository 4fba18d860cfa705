namespace Sampan.Api.Core.V1;

/// <summary>A disk of the discontinued Photon platform; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource")]
public sealed partial class PhotonPersistentDiskVolumeSource : IApiType<PhotonPersistentDiskVolumeSource>
{
    /// <summary>Identifier that Photon gave the disk.</summary>
    [Field("pdID", 1, Required = true)]
    public string PdID { get; set; } = "";

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }
}
