namespace Sampan.Api.Core.V1;

/// <summary>A Ceph filesystem behind a persistent volume; no longer supported, use a CSI driver instead.</summary>
[ApiType("io.k8s.api.core.v1.CephFSPersistentVolumeSource")]
public sealed partial class CephFSPersistentVolumeSource : IApiType<CephFSPersistentVolumeSource>
{
    /// <summary>Addresses of the Ceph monitors to contact.</summary>
    [Field("monitors", 1, Required = true, ListType = "atomic")]
    public List<string> Monitors { get; set; } = [];

    /// <summary>Directory of the Ceph tree that is mounted; the whole tree when absent.</summary>
    [Field("path", 2)]
    public string? Path { get; set; }

    /// <summary>Ceph user to authenticate as; admin when absent.</summary>
    [Field("user", 3)]
    public string? User { get; set; }

    /// <summary>Keyring file on the node with the user's key; /etc/ceph/user.secret when absent.</summary>
    [Field("secretFile", 4)]
    public string? SecretFile { get; set; }

    /// <summary>Secret with the user's key; takes precedence over the keyring file.</summary>
    [Field("secretRef", 5)]
    public SecretReference? SecretRef { get; set; }

    /// <summary>Makes every mount of the filesystem read-only.</summary>
    [Field("readOnly", 6)]
    public bool ReadOnly { get; set; }
}
