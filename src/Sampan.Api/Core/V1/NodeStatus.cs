namespace Sampan.Api.Core.V1;

/// <summary>What a node reports about itself.</summary>
[ApiType("io.k8s.api.core.v1.NodeStatus")]
public sealed partial class NodeStatus : IApiType<NodeStatus>
{
    /// <summary>All resources of the node.</summary>
    [Field("capacity", 1)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>The resources that pods may use.</summary>
    [Field("allocatable", 2)]
    public Dictionary<string, Quantity>? Allocatable { get; set; }

    /// <summary>Former state of the node; never filled in.</summary>
    [Field("phase", 3)]
    public string? Phase { get; set; }

    /// <summary>Observations such as Ready and MemoryPressure.</summary>
    [Field("conditions", 4, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NodeCondition>? Conditions { get; set; }

    /// <summary>The node's addresses and names.</summary>
    [Field("addresses", 5, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NodeAddress>? Addresses { get; set; }

    /// <summary>Ports of the daemons that run on the node.</summary>
    [Field("daemonEndpoints", 6)]
    public NodeDaemonEndpoints DaemonEndpoints { get; set; } = new();

    /// <summary>Versions and identifiers of the node's machine, kernel and software.</summary>
    [Field("nodeInfo", 7)]
    public NodeSystemInfo NodeInfo { get; set; } = new();

    /// <summary>Container images on the node's disk, the largest first; the list may be cut short.</summary>
    [Field("images", 8, ListType = "atomic")]
    public List<ContainerImage>? Images { get; set; }

    /// <summary>Attachable volumes that the node has mounted or is about to; they must not be detached.</summary>
    [Field("volumesInUse", 9, ListType = "atomic")]
    public List<string>? VolumesInUse { get; set; }

    /// <summary>Volumes that the control plane has attached to the node.</summary>
    [Field("volumesAttached", 10, ListType = "atomic")]
    public List<AttachedVolume>? VolumesAttached { get; set; }

    /// <summary>State of the dynamic kubelet configuration; has no meaning any more.</summary>
    [Field("config", 11)]
    public NodeConfigStatus? Config { get; set; }

    /// <summary>Ways of running containers that the node offers to RuntimeClasses.</summary>
    [Field("runtimeHandlers", 12, ListType = "atomic")]
    public List<NodeRuntimeHandler>? RuntimeHandlers { get; set; }

    /// <summary>What the node's container runtime can do, whichever handler is used.</summary>
    [Field("features", 13)]
    public NodeFeatures? Features { get; set; }

    /// <summary>Feature-gated abilities of the node, sorted, which the scheduler compares with a pod's needs.</summary>
    [Field("declaredFeatures", 14, ListType = "atomic")]
    public List<string>? DeclaredFeatures { get; set; }
}
