namespace Sampan.Api.Autoscaling.V2;

/// <summary>What one container of each pod was last seen to use.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus")]
public sealed partial class ContainerResourceMetricStatus : IApiType<ContainerResourceMetricStatus>
{
    /// <summary>Resource measured, such as cpu.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Usage found, averaged over the pods.</summary>
    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();

    /// <summary>Container that was measured.</summary>
    [Field("container", 3, Required = true)]
    public string Container { get; set; } = "";
}
