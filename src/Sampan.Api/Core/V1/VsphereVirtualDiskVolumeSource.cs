namespace Sampan.Api.Core.V1;

/// <summary>A vSphere virtual disk; deprecated, the driver csi.vsphere.vmware.com does the work.</summary>
[ApiType("io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource")]
public sealed partial class VsphereVirtualDiskVolumeSource : IApiType<VsphereVirtualDiskVolumeSource>
{
    /// <summary>Place of the disk file, such as [datastore1] volumes/disk.vmdk.</summary>
    [Field("volumePath", 1, Required = true)]
    public string VolumePath { get; set; } = "";

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }

    /// <summary>Storage policy that the disk was made under.</summary>
    [Field("storagePolicyName", 3)]
    public string? StoragePolicyName { get; set; }

    /// <summary>Identifier of the storage policy that the disk was made under.</summary>
    [Field("storagePolicyID", 4)]
    public string? StoragePolicyID { get; set; }
}
