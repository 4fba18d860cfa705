namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.PodsMetricSource")]
public sealed partial class PodsMetricSource : IApiType<PodsMetricSource>
{
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();
}
