namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeSelectorTerm", MapType = "atomic")]
public sealed partial class NodeSelectorTerm : IApiType<NodeSelectorTerm>
{
    [Field("matchExpressions", 1, ListType = "atomic")]
    public List<NodeSelectorRequirement>? MatchExpressions { get; set; }

    [Field("matchFields", 2, ListType = "atomic")]
    public List<NodeSelectorRequirement>? MatchFields { get; set; }
}
