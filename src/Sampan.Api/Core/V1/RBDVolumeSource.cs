namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.RBDVolumeSource")]
public sealed partial class RBDVolumeSource : IApiType<RBDVolumeSource>
{
    [Field("monitors", 1, Required = true, ListType = "atomic")]
    public List<string> Monitors { get; set; } = [];

    [Field("image", 2, Required = true)]
    public string Image { get; set; } = "";

    [Field("fsType", 3)]
    public string? FsType { get; set; }

    [Field("pool", 4, Default = "rbd")]
    public string? Pool { get; set; }

    [Field("user", 5, Default = "admin")]
    public string? User { get; set; }

    [Field("keyring", 6, Default = "/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    [Field("secretRef", 7)]
    public LocalObjectReference? SecretRef { get; set; }

    [Field("readOnly", 8)]
    public bool ReadOnly { get; set; }
}
