namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.CSIVolumeSource")]
public sealed partial class CSIVolumeSource : IApiType<CSIVolumeSource>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("readOnly", 2)]
    public bool? ReadOnly { get; set; }

    [Field("fsType", 3, Pointer = true)]
    public string? FsType { get; set; }

    [Field("volumeAttributes", 4)]
    public Dictionary<string, string>? VolumeAttributes { get; set; }

    [Field("nodePublishSecretRef", 5)]
    public LocalObjectReference? NodePublishSecretRef { get; set; }
}
