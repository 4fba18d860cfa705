namespace Sampan.Api.Autoscaling.V2;

/// <summary>Scales by what the pods use of CPU or memory.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricSource")]
public sealed partial class ResourceMetricSource : IApiType<ResourceMetricSource>
{
    /// <summary>Resource to look at: cpu or memory.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Goal as an average over the pods: Utilization or AverageValue.</summary>
    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();
}
