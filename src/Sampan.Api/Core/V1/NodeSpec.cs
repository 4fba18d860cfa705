namespace Sampan.Api.Core.V1;

/// <summary>How a node is set up: taints, pod address ranges, machine.</summary>
[ApiType("io.k8s.api.core.v1.NodeSpec")]
public sealed partial class NodeSpec : IApiType<NodeSpec>
{
    /// <summary>The range from which the node's pods get their addresses.</summary>
    [Field("podCIDR", 1)]
    public string? PodCIDR { get; set; }

    /// <summary>Address ranges for the node's pods, at most one IPv4 and one IPv6; the first equals podCIDR.</summary>
    [Field("podCIDRs", 7, ListType = "set", PatchStrategy = "merge")]
    public List<string>? PodCIDRs { get; set; }

    /// <summary>Identifier of the machine at its cloud provider, in the form provider://id; cannot change once set.</summary>
    [Field("providerID", 3)]
    public string? ProviderID { get; set; }

    /// <summary>Whether new pods stay away from the node.</summary>
    [Field("unschedulable", 4)]
    public bool Unschedulable { get; set; }

    /// <summary>Marks that keep pods away.</summary>
    [Field("taints", 5, ListType = "atomic")]
    public List<Taint>? Taints { get; set; }

    /// <summary>Configuration for the kubelet from the API; has no effect any more.</summary>
    [Field("configSource", 6)]
    public NodeConfigSource? ConfigSource { get; set; }

    /// <summary>Former identifier of the machine; unused, kept for old objects.</summary>
    [Field("externalID", 2)]
    public string? ExternalID { get; set; }
}
