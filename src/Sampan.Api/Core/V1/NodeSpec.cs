namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeSpec")]
public sealed partial class NodeSpec : IApiType<NodeSpec>
{
    /// <summary>The range from which the node's pods get their addresses.</summary>
    [Field("podCIDR", 1)]
    public string? PodCIDR { get; set; }

    [Field("podCIDRs", 7, ListType = "set", PatchStrategy = "merge")]
    public List<string>? PodCIDRs { get; set; }

    [Field("providerID", 3)]
    public string? ProviderID { get; set; }

    /// <summary>Whether new pods stay away from the node.</summary>
    [Field("unschedulable", 4)]
    public bool Unschedulable { get; set; }

    /// <summary>Marks that keep pods away.</summary>
    [Field("taints", 5, ListType = "atomic")]
    public List<Taint>? Taints { get; set; }

    [Field("configSource", 6)]
    public NodeConfigSource? ConfigSource { get; set; }

    [Field("externalID", 2)]
    public string? ExternalID { get; set; }
}
