namespace Sampan.Api.Core.V1;

/// <summary>Selects which objects a quota counts, by scope.</summary>
[ApiType("io.k8s.api.core.v1.ScopeSelector", MapType = "atomic")]
public sealed partial class ScopeSelector : IApiType<ScopeSelector>
{
    /// <summary>Conditions that an object must all fulfil to be counted.</summary>
    [Field("matchExpressions", 1, ListType = "atomic")]
    public List<ScopedResourceSelectorRequirement>? MatchExpressions { get; set; }
}
