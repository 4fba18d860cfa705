namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ScopedResourceSelectorRequirement")]
public sealed partial class ScopedResourceSelectorRequirement : IApiType<ScopedResourceSelectorRequirement>
{
    [Field("scopeName", 1, Required = true)]
    public string ScopeName { get; set; } = "";

    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
