namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NFSVolumeSource")]
public sealed partial class NFSVolumeSource : IApiType<NFSVolumeSource>
{
    [Field("server", 1, Required = true)]
    public string Server { get; set; } = "";

    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
