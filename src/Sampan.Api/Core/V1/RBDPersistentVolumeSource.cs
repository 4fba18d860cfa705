namespace Sampan.Api.Core.V1;

/// <summary>A Ceph block device behind a persistent volume; no longer supported, use a CSI driver instead.</summary>
[ApiType("io.k8s.api.core.v1.RBDPersistentVolumeSource")]
public sealed partial class RBDPersistentVolumeSource : IApiType<RBDPersistentVolumeSource>
{
    /// <summary>Addresses of the Ceph monitors to contact.</summary>
    [Field("monitors", 1, Required = true, ListType = "atomic")]
    public List<string> Monitors { get; set; } = [];

    /// <summary>Name of the block device image in the pool.</summary>
    [Field("image", 2, Required = true)]
    public string Image { get; set; } = "";

    /// <summary>Filesystem on the device, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 3)]
    public string? FsType { get; set; }

    /// <summary>Ceph pool in which the image lies; rbd by default.</summary>
    [Field("pool", 4, Default = "rbd")]
    public string? Pool { get; set; }

    /// <summary>Ceph user to authenticate as; admin by default.</summary>
    [Field("user", 5, Default = "admin")]
    public string? User { get; set; }

    /// <summary>Keyring file on the node with the user's key; /etc/ceph/keyring by default.</summary>
    [Field("keyring", 6, Default = "/etc/ceph/keyring")]
    public string? Keyring { get; set; }

    /// <summary>Secret with the user's key; takes precedence over the keyring file.</summary>
    [Field("secretRef", 7)]
    public SecretReference? SecretRef { get; set; }

    /// <summary>Makes every mount of the device read-only.</summary>
    [Field("readOnly", 8)]
    public bool ReadOnly { get; set; }
}
