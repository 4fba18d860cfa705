namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerExtendedResourceRequest")]
public sealed partial class ContainerExtendedResourceRequest : IApiType<ContainerExtendedResourceRequest>
{
    [Field("containerName", 1, Required = true)]
    public string ContainerName { get; set; } = "";

    [Field("resourceName", 2, Required = true)]
    public string ResourceName { get; set; } = "";

    [Field("requestName", 3, Required = true)]
    public string RequestName { get; set; } = "";
}
