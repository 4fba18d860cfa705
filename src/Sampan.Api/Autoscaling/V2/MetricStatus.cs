namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricStatus")]
public sealed partial class MetricStatus : IApiType<MetricStatus>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("object", 2)]
    public ObjectMetricStatus? Object { get; set; }

    [Field("pods", 3)]
    public PodsMetricStatus? Pods { get; set; }

    [Field("resource", 4)]
    public ResourceMetricStatus? Resource { get; set; }

    [Field("containerResource", 7)]
    public ContainerResourceMetricStatus? ContainerResource { get; set; }

    [Field("external", 5)]
    public ExternalMetricStatus? External { get; set; }
}
