namespace Sampan.Api.Autoscaling.V2;

/// <summary>Last reading of a measure of the pods.</summary>
[ApiType("io.k8s.api.autoscaling.v2.PodsMetricStatus")]
public sealed partial class PodsMetricStatus : IApiType<PodsMetricStatus>
{
    /// <summary>Measure that the pods were asked for.</summary>
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    /// <summary>Average that was read over the pods.</summary>
    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();
}
