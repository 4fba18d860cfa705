namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.CSIPersistentVolumeSource")]
public sealed partial class CSIPersistentVolumeSource : IApiType<CSIPersistentVolumeSource>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("volumeHandle", 2, Required = true)]
    public string VolumeHandle { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    [Field("fsType", 4)]
    public string? FsType { get; set; }

    [Field("volumeAttributes", 5)]
    public Dictionary<string, string>? VolumeAttributes { get; set; }

    [Field("controllerPublishSecretRef", 6)]
    public SecretReference? ControllerPublishSecretRef { get; set; }

    [Field("nodeStageSecretRef", 7)]
    public SecretReference? NodeStageSecretRef { get; set; }

    [Field("nodePublishSecretRef", 8)]
    public SecretReference? NodePublishSecretRef { get; set; }

    [Field("controllerExpandSecretRef", 9)]
    public SecretReference? ControllerExpandSecretRef { get; set; }

    [Field("nodeExpandSecretRef", 10)]
    public SecretReference? NodeExpandSecretRef { get; set; }
}
