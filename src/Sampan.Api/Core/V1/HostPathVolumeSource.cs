namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.HostPathVolumeSource")]
public sealed partial class HostPathVolumeSource : IApiType<HostPathVolumeSource>
{
    [Field("path", 1, Required = true)]
    public string Path { get; set; } = "";

    [Field("type", 2, Pointer = true)]
    public string? Type { get; set; }
}
