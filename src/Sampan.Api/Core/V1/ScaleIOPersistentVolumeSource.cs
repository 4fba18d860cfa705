namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ScaleIOPersistentVolumeSource")]
public sealed partial class ScaleIOPersistentVolumeSource : IApiType<ScaleIOPersistentVolumeSource>
{
    [Field("gateway", 1, Required = true)]
    public string Gateway { get; set; } = "";

    [Field("system", 2, Required = true)]
    public string System { get; set; } = "";

    [Field("secretRef", 3, Required = true, Always = true)]
    public SecretReference? SecretRef { get; set; }

    [Field("sslEnabled", 4)]
    public bool SslEnabled { get; set; }

    [Field("protectionDomain", 5)]
    public string? ProtectionDomain { get; set; }

    [Field("storagePool", 6)]
    public string? StoragePool { get; set; }

    [Field("storageMode", 7, Default = "ThinProvisioned")]
    public string? StorageMode { get; set; }

    [Field("volumeName", 8)]
    public string? VolumeName { get; set; }

    [Field("fsType", 9, Default = "xfs")]
    public string? FsType { get; set; }

    [Field("readOnly", 10)]
    public bool ReadOnly { get; set; }
}
