namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.CinderPersistentVolumeSource")]
public sealed partial class CinderPersistentVolumeSource : IApiType<CinderPersistentVolumeSource>
{
    [Field("volumeID", 1, Required = true)]
    public string VolumeID { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    [Field("secretRef", 4)]
    public SecretReference? SecretRef { get; set; }
}
