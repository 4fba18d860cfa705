namespace Sampan.Api.Authorization.V1;

/// <summary>Paths outside the resource APIs, with what is allowed on them.</summary>
[ApiType("io.k8s.api.authorization.v1.NonResourceRule")]
public sealed partial class NonResourceRule : IApiType<NonResourceRule>
{
    /// <summary>HTTP methods in lowercase, or * for any.</summary>
    [Field("verbs", 1, Required = true, ListType = "atomic")]
    public List<string> Verbs { get; set; } = [];

    /// <summary>Paths such as /healthz/*; * may only stand at the end, alone it means every path.</summary>
    [Field("nonResourceURLs", 2, ListType = "atomic")]
    public List<string>? NonResourceURLs { get; set; }
}
