namespace Sampan.Api.Core.V1;

/// <summary>A ConfigMap whose entries all become environment variables.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMapEnvSource")]
public sealed partial class ConfigMapEnvSource : IApiType<ConfigMapEnvSource>
{
    /// <summary>ConfigMap to read, in the pod's own namespace.</summary>
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    /// <summary>If true, the container also starts when there is no such ConfigMap.</summary>
    [Field("optional", 2)]
    public bool? Optional { get; set; }
}
