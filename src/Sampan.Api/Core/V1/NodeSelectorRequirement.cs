namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeSelectorRequirement")]
public sealed partial class NodeSelectorRequirement : IApiType<NodeSelectorRequirement>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
