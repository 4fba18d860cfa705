namespace Sampan.Api.Authorization.V1;

/// <summary>A request to a path outside the resource APIs, such as /healthz.</summary>
[ApiType("io.k8s.api.authorization.v1.NonResourceAttributes")]
public sealed partial class NonResourceAttributes : IApiType<NonResourceAttributes>
{
    /// <summary>URL path, such as /metrics.</summary>
    [Field("path", 1)]
    public string? Path { get; set; }

    /// <summary>HTTP method in lowercase, such as get or post.</summary>
    [Field("verb", 2)]
    public string? Verb { get; set; }
}
