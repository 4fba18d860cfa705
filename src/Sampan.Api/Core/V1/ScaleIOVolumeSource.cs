namespace Sampan.Api.Core.V1;

/// <summary>A ScaleIO volume mounted directly in a pod; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.ScaleIOVolumeSource")]
public sealed partial class ScaleIOVolumeSource : IApiType<ScaleIOVolumeSource>
{
    /// <summary>Address of the ScaleIO gateway.</summary>
    [Field("gateway", 1, Required = true)]
    public string Gateway { get; set; } = "";

    /// <summary>Storage system's name in ScaleIO.</summary>
    [Field("system", 2, Required = true)]
    public string System { get; set; } = "";

    /// <summary>Secret in the pod's namespace with the ScaleIO user and password; required.</summary>
    [Field("secretRef", 3, Required = true, Always = true)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Whether the gateway is contacted over TLS; false by default.</summary>
    [Field("sslEnabled", 4)]
    public bool SslEnabled { get; set; }

    /// <summary>ScaleIO protection domain that the storage pool belongs to.</summary>
    [Field("protectionDomain", 5)]
    public string? ProtectionDomain { get; set; }

    /// <summary>Storage pool that the volume lies in.</summary>
    [Field("storagePool", 6)]
    public string? StoragePool { get; set; }

    /// <summary>ThickProvisioned (space is reserved) or ThinProvisioned (taken as needed, the default).</summary>
    [Field("storageMode", 7, Default = "ThinProvisioned")]
    public string? StorageMode { get; set; }

    /// <summary>Existing ScaleIO volume to use, by name.</summary>
    [Field("volumeName", 8)]
    public string? VolumeName { get; set; }

    /// <summary>Filesystem on the volume, such as ext4; xfs by default.</summary>
    [Field("fsType", 9, Default = "xfs")]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the volume read-only.</summary>
    [Field("readOnly", 10)]
    public bool ReadOnly { get; set; }
}
