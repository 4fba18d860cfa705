namespace Sampan.Api.Core.V1;

/// <summary>Conditions that a node must all fulfil; an empty term matches no node.</summary>
[ApiType("io.k8s.api.core.v1.NodeSelectorTerm", MapType = "atomic")]
public sealed partial class NodeSelectorTerm : IApiType<NodeSelectorTerm>
{
    /// <summary>Conditions on the node's labels.</summary>
    [Field("matchExpressions", 1, ListType = "atomic")]
    public List<NodeSelectorRequirement>? MatchExpressions { get; set; }

    /// <summary>Conditions on the node's fields; only metadata.name can be used.</summary>
    [Field("matchFields", 2, ListType = "atomic")]
    public List<NodeSelectorRequirement>? MatchFields { get; set; }
}
