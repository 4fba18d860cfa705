namespace Sampan.Api.Core.V1;

/// <summary>A condition on one label or field of a node.</summary>
[ApiType("io.k8s.api.core.v1.NodeSelectorRequirement")]
public sealed partial class NodeSelectorRequirement : IApiType<NodeSelectorRequirement>
{
    /// <summary>Label, or field, that the condition looks at.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>How to compare: In, NotIn, Exists, DoesNotExist, Gt or Lt (greater or less as integers).</summary>
    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    /// <summary>
    /// What to compare with: one or more for In and NotIn, none for Exists and DoesNotExist, a single integer for Gt and Lt.
    /// </summary>
    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
