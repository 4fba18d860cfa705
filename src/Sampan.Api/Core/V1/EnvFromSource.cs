namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EnvFromSource")]
public sealed partial class EnvFromSource : IApiType<EnvFromSource>
{
    [Field("prefix", 1)]
    public string? Prefix { get; set; }

    [Field("configMapRef", 2)]
    public ConfigMapEnvSource? ConfigMapRef { get; set; }

    [Field("secretRef", 3)]
    public SecretEnvSource? SecretRef { get; set; }
}
