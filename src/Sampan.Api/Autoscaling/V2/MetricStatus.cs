namespace Sampan.Api.Autoscaling.V2;

/// <summary>Last reading of one metric; filled in like its specification.</summary>
[ApiType("io.k8s.api.autoscaling.v2.MetricStatus")]
public sealed partial class MetricStatus : IApiType<MetricStatus>
{
    /// <summary>Where the reading is from: Resource, ContainerResource, Pods, Object or External.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Reading for an object.</summary>
    [Field("object", 2)]
    public ObjectMetricStatus? Object { get; set; }

    /// <summary>Reading averaged over the pods.</summary>
    [Field("pods", 3)]
    public PodsMetricStatus? Pods { get; set; }

    /// <summary>Reading of the pods' CPU or memory usage.</summary>
    [Field("resource", 4)]
    public ResourceMetricStatus? Resource { get; set; }

    /// <summary>Reading of a container's CPU or memory usage.</summary>
    [Field("containerResource", 7)]
    public ContainerResourceMetricStatus? ContainerResource { get; set; }

    /// <summary>Reading from outside the cluster.</summary>
    [Field("external", 5)]
    public ExternalMetricStatus? External { get; set; }
}
