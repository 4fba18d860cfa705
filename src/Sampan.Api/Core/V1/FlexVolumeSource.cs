namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.FlexVolumeSource")]
public sealed partial class FlexVolumeSource : IApiType<FlexVolumeSource>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }

    [Field("secretRef", 3)]
    public LocalObjectReference? SecretRef { get; set; }

    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    [Field("options", 5)]
    public Dictionary<string, string>? Options { get; set; }
}
