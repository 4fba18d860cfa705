namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations", MapType = "atomic")]
public sealed partial class NamedRuleWithOperations : IApiType<NamedRuleWithOperations>
{
    [Field("resourceNames", 1, ListType = "atomic")]
    public List<string>? ResourceNames { get; set; }

    [Field("operations", 1, Embedded = [2], ListType = "atomic")]
    public List<string>? Operations { get; set; }

    [Field("apiGroups", 1, Embedded = [2, 2], ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    [Field("apiVersions", 2, Embedded = [2, 2], ListType = "atomic")]
    public List<string>? ApiVersions { get; set; }

    [Field("resources", 3, Embedded = [2, 2], ListType = "atomic")]
    public List<string>? Resources { get; set; }

    [Field("scope", 4, Embedded = [2, 2], Pointer = true)]
    public string? Scope { get; set; }
}
