namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ConfigMapEnvSource")]
public sealed partial class ConfigMapEnvSource : IApiType<ConfigMapEnvSource>
{
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    [Field("optional", 2)]
    public bool? Optional { get; set; }
}
