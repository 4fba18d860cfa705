namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeSelector", MapType = "atomic")]
public sealed partial class NodeSelector : IApiType<NodeSelector>
{
    [Field("nodeSelectorTerms", 1, Required = true, ListType = "atomic")]
    public List<NodeSelectorTerm> NodeSelectorTerms { get; set; } = [];
}
