namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ScopeSelector", MapType = "atomic")]
public sealed partial class ScopeSelector : IApiType<ScopeSelector>
{
    [Field("matchExpressions", 1, ListType = "atomic")]
    public List<ScopedResourceSelectorRequirement>? MatchExpressions { get; set; }
}
