namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource")]
public sealed partial class VsphereVirtualDiskVolumeSource : IApiType<VsphereVirtualDiskVolumeSource>
{
    [Field("volumePath", 1, Required = true)]
    public string VolumePath { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }

    [Field("storagePolicyName", 3)]
    public string? StoragePolicyName { get; set; }

    [Field("storagePolicyID", 4)]
    public string? StoragePolicyID { get; set; }
}
