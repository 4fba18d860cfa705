namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.CSINodeDriver")]
public sealed partial class CSINodeDriver : IApiType<CSINodeDriver>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("nodeID", 2, Required = true)]
    public string NodeID { get; set; } = "";

    [Field("topologyKeys", 3, ListType = "atomic")]
    public List<string>? TopologyKeys { get; set; }

    [Field("allocatable", 4)]
    public VolumeNodeResources? Allocatable { get; set; }
}
