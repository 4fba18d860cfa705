namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ResourceQuotaSpec")]
public sealed partial class ResourceQuotaSpec : IApiType<ResourceQuotaSpec>
{
    [Field("hard", 1)]
    public Dictionary<string, Quantity>? Hard { get; set; }

    [Field("scopes", 2, ListType = "atomic")]
    public List<string>? Scopes { get; set; }

    [Field("scopeSelector", 3)]
    public ScopeSelector? ScopeSelector { get; set; }
}
