namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.GlusterfsVolumeSource")]
public sealed partial class GlusterfsVolumeSource : IApiType<GlusterfsVolumeSource>
{
    [Field("endpoints", 1, Required = true)]
    public string Endpoints { get; set; } = "";

    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
