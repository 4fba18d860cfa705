namespace Sampan.Api.Autoscaling.V2;

/// <summary>What the pods were last seen to use of a resource.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricStatus")]
public sealed partial class ResourceMetricStatus : IApiType<ResourceMetricStatus>
{
    /// <summary>Resource that was looked at.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Average usage of the pods when last read.</summary>
    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();
}
