namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LocalVolumeSource")]
public sealed partial class LocalVolumeSource : IApiType<LocalVolumeSource>
{
    [Field("path", 1, Required = true)]
    public string Path { get; set; } = "";

    [Field("fsType", 2, Pointer = true)]
    public string? FsType { get; set; }
}
