namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.FlexPersistentVolumeSource")]
public sealed partial class FlexPersistentVolumeSource : IApiType<FlexPersistentVolumeSource>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }

    [Field("secretRef", 3)]
    public SecretReference? SecretRef { get; set; }

    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    [Field("options", 5)]
    public Dictionary<string, string>? Options { get; set; }
}
