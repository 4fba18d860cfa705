namespace Sampan.Api.Autoscaling.V2;

/// <summary>Scales by what one container of each pod uses of CPU or memory.</summary>
[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricSource")]
public sealed partial class ContainerResourceMetricSource : IApiType<ContainerResourceMetricSource>
{
    /// <summary>Resource that is measured: cpu or memory.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Usage to aim for, as an average over the pods.</summary>
    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();

    /// <summary>Container of the pods that is measured; the others do not count.</summary>
    [Field("container", 3, Required = true)]
    public string Container { get; set; } = "";
}
