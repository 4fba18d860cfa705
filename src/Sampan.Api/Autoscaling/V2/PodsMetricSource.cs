namespace Sampan.Api.Autoscaling.V2;

/// <summary>Scales by a measure that every pod has, such as transactions per second.</summary>
[ApiType("io.k8s.api.autoscaling.v2.PodsMetricSource")]
public sealed partial class PodsMetricSource : IApiType<PodsMetricSource>
{
    /// <summary>Which measure of the pods to take from the custom metrics API.</summary>
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    /// <summary>Goal per pod; its type must be AverageValue.</summary>
    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();
}
