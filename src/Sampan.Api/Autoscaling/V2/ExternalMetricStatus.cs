namespace Sampan.Api.Autoscaling.V2;

/// <summary>Last reading of a measure from outside the cluster.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ExternalMetricStatus")]
public sealed partial class ExternalMetricStatus : IApiType<ExternalMetricStatus>
{
    /// <summary>The measure that was fetched.</summary>
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    /// <summary>Its last reading, in total or per pod.</summary>
    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();
}
