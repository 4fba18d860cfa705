namespace Sampan.Api.Autoscaling.V2;

/// <summary>Last reading of a measure of one object.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricStatus")]
public sealed partial class ObjectMetricStatus : IApiType<ObjectMetricStatus>
{
    /// <summary>The measure that was taken.</summary>
    [Field("metric", 1, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();

    /// <summary>What was read, in total or per pod.</summary>
    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();

    /// <summary>The object it was read from.</summary>
    [Field("describedObject", 3, Required = true)]
    public CrossVersionObjectReference DescribedObject { get; set; } = new();
}
