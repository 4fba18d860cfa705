namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial class NodeStatus : IApiType<NodeStatus>
{
    [Field("capacity", 1)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    [Field("allocatable", 2)]
    public Dictionary<string, Quantity>? Allocatable { get; set; }

    [Field("phase", 3)]
    public string? Phase { get; set; }

    [Field("conditions", 4, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NodeCondition>? Conditions { get; set; }

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
