namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.NonResourceRule")]
public sealed partial class NonResourceRule : IApiType<NonResourceRule>
{
    [Field("verbs", 1, Required = true, ListType = "atomic")]
    public List<string> Verbs { get; set; } = [];

    [Field("nonResourceURLs", 2, ListType = "atomic")]
    public List<string>? NonResourceURLs { get; set; }
}
