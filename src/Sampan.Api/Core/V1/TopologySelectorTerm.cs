namespace Sampan.Api.Core.V1;

/// <summary>Limits where volumes may be provisioned, by node labels.</summary>
[ApiType("io.k8s.api.core.v1.TopologySelectorTerm", MapType = "atomic")]
public sealed partial class TopologySelectorTerm : IApiType<TopologySelectorTerm>
{
    /// <summary>Labels that must all have an allowed value.</summary>
    [Field("matchLabelExpressions", 1, ListType = "atomic")]
    public List<TopologySelectorLabelRequirement>? MatchLabelExpressions { get; set; }
}
