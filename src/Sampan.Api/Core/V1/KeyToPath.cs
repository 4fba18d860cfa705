namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.KeyToPath")]
public sealed partial class KeyToPath : IApiType<KeyToPath>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    [Field("mode", 3)]
    public int? Mode { get; set; }
}
