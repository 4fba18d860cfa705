namespace Sampan.Api.Core.V1;

/// <summary>Selects nodes; it is enough that one of the terms matches.</summary>
[ApiType("io.k8s.api.core.v1.NodeSelector", MapType = "atomic")]
public sealed partial class NodeSelector : IApiType<NodeSelector>
{
    /// <summary>Alternatives, of which one must match; at least one is required.</summary>
    [Field("nodeSelectorTerms", 1, Required = true, ListType = "atomic")]
    public List<NodeSelectorTerm> NodeSelectorTerms { get; set; } = [];
}
