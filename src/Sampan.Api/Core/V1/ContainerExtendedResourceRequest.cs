namespace Sampan.Api.Core.V1;

/// <summary>Tells which device request serves an extended resource that a container asked for.</summary>
[ApiType("io.k8s.api.core.v1.ContainerExtendedResourceRequest")]
public sealed partial class ContainerExtendedResourceRequest : IApiType<ContainerExtendedResourceRequest>
{
    /// <summary>Container that asked for the extended resource.</summary>
    [Field("containerName", 1, Required = true)]
    public string ContainerName { get; set; } = "";

    /// <summary>Extended resource in the container's requests that devices stand for.</summary>
    [Field("resourceName", 2, Required = true)]
    public string ResourceName { get; set; } = "";

    /// <summary>Request inside the ResourceClaim made for the pod that provides the devices.</summary>
    [Field("requestName", 3, Required = true)]
    public string RequestName { get; set; } = "";
}
