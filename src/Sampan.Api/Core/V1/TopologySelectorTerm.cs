namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.TopologySelectorTerm", MapType = "atomic")]
public sealed partial class TopologySelectorTerm : IApiType<TopologySelectorTerm>
{
    [Field("matchLabelExpressions", 1, ListType = "atomic")]
    public List<TopologySelectorLabelRequirement>? MatchLabelExpressions { get; set; }
}
