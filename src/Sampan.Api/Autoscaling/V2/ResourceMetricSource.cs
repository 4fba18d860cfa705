namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricSource")]
public sealed partial class ResourceMetricSource : IApiType<ResourceMetricSource>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();
}
