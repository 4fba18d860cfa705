namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial class NodeStatus : IApiType<NodeStatus>
{
    /// <summary>All resources of the node.</summary>
    [Field("capacity", 1)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>The resources that pods may use.</summary>
    [Field("allocatable", 2)]
    public Dictionary<string, Quantity>? Allocatable { get; set; }

    [Field("phase", 3)]
    public string? Phase { get; set; }

    /// <summary>Observations such as Ready and MemoryPressure.</summary>
    [Field("conditions", 4, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NodeCondition>? Conditions { get; set; }

    /// <summary>The node's addresses and names.</summary>
    [Field("addresses", 5, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NodeAddress>? Addresses { get; set; }

    [Field("daemonEndpoints", 6)]
    public NodeDaemonEndpoints DaemonEndpoints { get; set; } = new();

    [Field("nodeInfo", 7)]
    public NodeSystemInfo NodeInfo { get; set; } = new();

    [Field("images", 8, ListType = "atomic")]
    public List<ContainerImage>? Images { get; set; }

    [Field("volumesInUse", 9, ListType = "atomic")]
    public List<string>? VolumesInUse { get; set; }

    [Field("volumesAttached", 10, ListType = "atomic")]
    public List<AttachedVolume>? VolumesAttached { get; set; }

    [Field("config", 11)]
    public NodeConfigStatus? Config { get; set; }

    [Field("runtimeHandlers", 12, ListType = "atomic")]
    public List<NodeRuntimeHandler>? RuntimeHandlers { get; set; }

    [Field("features", 13)]
    public NodeFeatures? Features { get; set; }

    [Field("declaredFeatures", 14, ListType = "atomic")]
    public List<string>? DeclaredFeatures { get; set; }
}
