namespace Sampan.Api.Core.V1;

/// <summary>Points to a Secret in any namespace.</summary>
[ApiType("io.k8s.api.core.v1.SecretReference", MapType = "atomic")]
public sealed partial class SecretReference : IApiType<SecretReference>
{
    /// <summary>Which Secret of the namespace it is.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>Namespace that the Secret lives in.</summary>
    [Field("namespace", 2)]
    public string? Namespace { get; set; }
}
