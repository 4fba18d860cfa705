namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.ResourcePool")]
public sealed partial class ResourcePool : IApiType<ResourcePool>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("generation", 2, Required = true)]
    public long Generation { get; set; }

    [Field("resourceSliceCount", 3, Required = true)]
    public long ResourceSliceCount { get; set; }
}
