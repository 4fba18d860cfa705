namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.CephFSVolumeSource")]
public sealed partial class CephFSVolumeSource : IApiType<CephFSVolumeSource>
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
    public LocalObjectReference? SecretRef { get; set; }

    [Field("readOnly", 6)]
    public bool ReadOnly { get; set; }
}
