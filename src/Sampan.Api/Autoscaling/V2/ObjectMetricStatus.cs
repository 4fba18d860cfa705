namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricStatus")]
public sealed partial class ObjectMetricStatus : IApiType<ObjectMetricStatus>
{
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();

    [Field("describedObject", 3, Required = true)]
    public CrossVersionObjectReference DescribedObject { get; set; } = new();
}
