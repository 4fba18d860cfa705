namespace Sampan.Api.Autoscaling.V2;

/// <summary>One thing to scale by; exactly the field that belongs to its type is filled in.</summary>
[ApiType("io.k8s.api.autoscaling.v2.MetricSpec")]
public sealed partial class MetricSpec : IApiType<MetricSpec>
{
    /// <summary>Resource, ContainerResource, Pods, Object or External.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Measure of one other object, such as requests per second at an Ingress.</summary>
    [Field("object", 2)]
    public ObjectMetricSource? Object { get; set; }

    /// <summary>Measure that each pod has, averaged over the pods.</summary>
    [Field("pods", 3)]
    public PodsMetricSource? Pods { get; set; }

    /// <summary>CPU or memory usage of whole pods.</summary>
    [Field("resource", 4)]
    public ResourceMetricSource? Resource { get; set; }

    /// <summary>CPU or memory usage of one container in each pod.</summary>
    [Field("containerResource", 7)]
    public ContainerResourceMetricSource? ContainerResource { get; set; }

    /// <summary>Measure from outside the cluster.</summary>
    [Field("external", 5)]
    public ExternalMetricSource? External { get; set; }
}
