namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ExternalMetricStatus")]
public sealed partial class ExternalMetricStatus : IApiType<ExternalMetricStatus>
{
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();
}
