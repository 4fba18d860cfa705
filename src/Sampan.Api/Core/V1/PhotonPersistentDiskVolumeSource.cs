namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource")]
public sealed partial class PhotonPersistentDiskVolumeSource : IApiType<PhotonPersistentDiskVolumeSource>
{
    [Field("pdID", 1, Required = true)]
    public string PdID { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }
}
