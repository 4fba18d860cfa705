namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricSource")]
public sealed partial class ObjectMetricSource : IApiType<ObjectMetricSource>
{
    [Field("describedObject", 1, Required = true)]
    public CrossVersionObjectReference DescribedObject { get; set; } = new();

    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();

    [Field("metric", 3, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();
}
