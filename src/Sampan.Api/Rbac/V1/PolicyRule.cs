namespace Sampan.Api.Rbac.V1;

[ApiType("io.k8s.api.rbac.v1.PolicyRule")]
public sealed partial class PolicyRule : IApiType<PolicyRule>
{
    [Field("verbs", 1, Required = true, ListType = "atomic")]
    public List<string> Verbs { get; set; } = [];

    [Field("apiGroups", 2, ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    [Field("resources", 3, ListType = "atomic")]
    public List<string>? Resources { get; set; }

    [Field("resourceNames", 4, ListType = "atomic")]
    public List<string>? ResourceNames { get; set; }

    [Field("nonResourceURLs", 5, ListType = "atomic")]
    public List<string>? NonResourceURLs { get; set; }
}
