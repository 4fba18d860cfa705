namespace Sampan.Api.Core.V1;

/// <summary>A request or limit of a container.</summary>
[ApiType("io.k8s.api.core.v1.ResourceFieldSelector", MapType = "atomic")]
public sealed partial class ResourceFieldSelector : IApiType<ResourceFieldSelector>
{
    /// <summary>Container to look at; required in volumes, and in variables the container itself when absent.</summary>
    [Field("containerName", 1)]
    public string? ContainerName { get; set; }

    /// <summary>Value to take, such as limits.cpu or requests.memory.</summary>
    [Field("resource", 2, Required = true)]
    public string Resource { get; set; } = "";

    /// <summary>Unit to count in, such as 1m or 1Mi; the value is divided by it and rounded up. 1 by default.</summary>
    [Field("divisor", 3)]
    public Quantity Divisor { get; set; }
}
