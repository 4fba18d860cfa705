namespace Sampan.Api.Core.V1;

/// <summary>A condition on one scope of a quota.</summary>
[ApiType("io.k8s.api.core.v1.ScopedResourceSelectorRequirement")]
public sealed partial class ScopedResourceSelectorRequirement : IApiType<ScopedResourceSelectorRequirement>
{
    /// <summary>Scope to look at, such as PriorityClass, Terminating, BestEffort or VolumeAttributesClass.</summary>
    [Field("scopeName", 1, Required = true)]
    public string ScopeName { get; set; } = "";

    /// <summary>How to compare: In, NotIn, Exists or DoesNotExist; scopes without values allow only Exists.</summary>
    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    /// <summary>What to compare with, such as names of priority classes; one or more for In and NotIn, none otherwise.</summary>
    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
