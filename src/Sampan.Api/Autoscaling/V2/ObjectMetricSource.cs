namespace Sampan.Api.Autoscaling.V2;

/// <summary>Scales by a measure of one object, such as an Ingress.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricSource")]
public sealed partial class ObjectMetricSource : IApiType<ObjectMetricSource>
{
    /// <summary>The object that is measured, in the autoscaler's namespace.</summary>
    [Field("describedObject", 1, Required = true)]
    public CrossVersionObjectReference DescribedObject { get; set; } = new();

    /// <summary>Goal, in total (Value) or per pod of the scaled object (AverageValue).</summary>
    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();

    /// <summary>Which measure of the object to take.</summary>
    [Field("metric", 3, Required = true)]
    public MetricIdentifier Metric { get; set; } = new();
}
