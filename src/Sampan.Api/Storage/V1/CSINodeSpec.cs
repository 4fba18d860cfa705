namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.CSINodeSpec")]
public sealed partial class CSINodeSpec : IApiType<CSINodeSpec>
{
    [Field("drivers", 1, Required = true, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<CSINodeDriver> Drivers { get; set; } = [];
}
