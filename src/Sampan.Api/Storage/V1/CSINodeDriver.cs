namespace Sampan.Api.Storage.V1;

/// <summary>One CSI driver as it is on a node.</summary>
[ApiType("io.k8s.api.storage.v1.CSINodeDriver")]
public sealed partial class CSINodeDriver : IApiType<CSINodeDriver>
{
    /// <summary>The driver's name, the same as that of its CSIDriver.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>What the driver calls the node.</summary>
    [Field("nodeID", 2, Required = true)]
    public string NodeID { get; set; } = "";

    /// <summary>Node labels that say where the driver's volumes can be reached from.</summary>
    [Field("topologyKeys", 3, ListType = "atomic")]
    public List<string>? TopologyKeys { get; set; }

    /// <summary>How many of the driver's volumes the node takes.</summary>
    [Field("allocatable", 4)]
    public VolumeNodeResources? Allocatable { get; set; }
}
