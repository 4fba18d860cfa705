namespace Sampan.Api.Storage.V1;

/// <summary>The CSI drivers of a node.</summary>
[ApiType("io.k8s.api.storage.v1.CSINodeSpec")]
public sealed partial class CSINodeSpec : IApiType<CSINodeSpec>
{
    /// <summary>The drivers; none when empty.</summary>
    [Field("drivers", 1, Required = true, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<CSINodeDriver> Drivers { get; set; } = [];
}
