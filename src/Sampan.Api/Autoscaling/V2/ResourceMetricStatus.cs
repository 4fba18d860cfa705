namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricStatus")]
public sealed partial class ResourceMetricStatus : IApiType<ResourceMetricStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();
}
