namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricSpec")]
public sealed partial class MetricSpec : IApiType<MetricSpec>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("object", 2)]
    public ObjectMetricSource? Object { get; set; }

    [Field("pods", 3)]
    public PodsMetricSource? Pods { get; set; }

    [Field("resource", 4)]
    public ResourceMetricSource? Resource { get; set; }

    [Field("containerResource", 7)]
    public ContainerResourceMetricSource? ContainerResource { get; set; }

    [Field("external", 5)]
    public ExternalMetricSource? External { get; set; }
}
