namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus")]
public sealed partial class ContainerResourceMetricStatus : IApiType<ContainerResourceMetricStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("current", 2, Required = true)]
    public MetricValueStatus Current { get; set; } = new();

    [Field("container", 3, Required = true)]
    public string Container { get; set; } = "";
}
