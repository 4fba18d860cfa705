namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ResourceFieldSelector", MapType = "atomic")]
public sealed partial class ResourceFieldSelector : IApiType<ResourceFieldSelector>
{
    [Field("containerName", 1)]
    public string? ContainerName { get; set; }

    [Field("resource", 2, Required = true)]
    public string Resource { get; set; } = "";

    [Field("divisor", 3)]
    public Quantity Divisor { get; set; }
}
