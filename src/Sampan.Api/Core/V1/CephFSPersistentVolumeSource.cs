namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.CephFSPersistentVolumeSource")]
public sealed partial class CephFSPersistentVolumeSource : IApiType<CephFSPersistentVolumeSource>
{
    [Field("monitors", 1, Required = true, ListType = "atomic")]
    public List<string> Monitors { get; set; } = [];

    [Field("path", 2)]
    public string? Path { get; set; }

    [Field("user", 3)]
    public string? User { get; set; }

    [Field("secretFile", 4)]
    public string? SecretFile { get; set; }

    [Field("secretRef", 5)]
    public SecretReference? SecretRef { get; set; }

    [Field("readOnly", 6)]
    public bool ReadOnly { get; set; }
}
