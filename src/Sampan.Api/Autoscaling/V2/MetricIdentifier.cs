using Sampan.Api.Meta.V1;

namespace Sampan.Api.Autoscaling.V2;

/// <summary>Names a metric of the custom or external metrics API.</summary>
[ApiType("io.k8s.api.autoscaling.v2.MetricIdentifier")]
public sealed partial class MetricIdentifier : IApiType<MetricIdentifier>
{
    /// <summary>Metric as the metrics API calls it, such as http_requests.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Labels by which the metrics server picks series; all series of the name when absent.</summary>
    [Field("selector", 2)]
    public LabelSelector? Selector { get; set; }
}
