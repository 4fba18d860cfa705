namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricSource")]
public sealed partial class ContainerResourceMetricSource : IApiType<ContainerResourceMetricSource>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("target", 2, Required = true)]
    public MetricTarget Target { get; set; } = new();

    [Field("container", 3, Required = true)]
    public string Container { get; set; } = "";
}
