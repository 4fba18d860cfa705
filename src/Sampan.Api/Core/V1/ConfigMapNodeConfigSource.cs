namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ConfigMapNodeConfigSource")]
public sealed partial class ConfigMapNodeConfigSource : IApiType<ConfigMapNodeConfigSource>
{
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    [Field("uid", 3)]
    public string? Uid { get; set; }

    [Field("resourceVersion", 4)]
    public string? ResourceVersion { get; set; }

    [Field("kubeletConfigKey", 5, Required = true)]
    public string KubeletConfigKey { get; set; } = "";
}
