namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.VolumeMountStatus")]
public sealed partial class VolumeMountStatus : IApiType<VolumeMountStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("mountPath", 2, Required = true)]
    public string MountPath { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    [Field("recursiveReadOnly", 4, Pointer = true)]
    public string? RecursiveReadOnly { get; set; }

    [Field("volumeStatus", 5)]
    public VolumeStatus? VolumeStatus { get; set; }
}
