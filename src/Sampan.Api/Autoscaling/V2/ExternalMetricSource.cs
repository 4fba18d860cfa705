namespace Sampan.Api.Autoscaling.V2;

/// <summary>Scales by a measure from outside the cluster, such as the length of a cloud queue.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ExternalMetricSource")]
public sealed partial class ExternalMetricSource : IApiType<ExternalMetricSource>
{
    /// <summary>The measure to fetch from the external metrics API.</summary>
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    /// <summary>Goal, as a total (Value) or per pod (AverageValue).</summary>
    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();
}
