namespace Sampan.Api.Core.V1;

/// <summary>A ConfigMap or Secret whose entries all become environment variables.</summary>
[ApiType("io.k8s.api.core.v1.EnvFromSource")]
public sealed partial class EnvFromSource : IApiType<EnvFromSource>
{
    /// <summary>Text put before each entry's key to make the variable's name; no equals sign.</summary>
    [Field("prefix", 1)]
    public string? Prefix { get; set; }

    /// <summary>ConfigMap to take the variables from.</summary>
    [Field("configMapRef", 2)]
    public ConfigMapEnvSource? ConfigMapRef { get; set; }

    /// <summary>Secret to take the variables from.</summary>
    [Field("secretRef", 3)]
    public SecretEnvSource? SecretRef { get; set; }
}
