namespace Sampan.Api.Core.V1;

/// <summary>A Secret whose entries all become environment variables.</summary>
[ApiType("io.k8s.api.core.v1.SecretEnvSource")]
public sealed partial class SecretEnvSource : IApiType<SecretEnvSource>
{
    /// <summary>Secret to read, in the pod's own namespace.</summary>
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    /// <summary>If true, the container also starts when there is no such Secret.</summary>
    [Field("optional", 2)]
    public bool? Optional { get; set; }
}
