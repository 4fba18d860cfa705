namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ResourceStatus")]
public sealed partial class ResourceStatus : IApiType<ResourceStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("resources", 2, ListType = "map", ListKeys = ["resourceID"])]
    public List<ResourceHealth>? Resources { get; set; }
}
