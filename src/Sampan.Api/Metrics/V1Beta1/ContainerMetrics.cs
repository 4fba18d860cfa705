namespace Sampan.Api.Metrics.V1Beta1;

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.ContainerMetrics")]
public sealed partial class ContainerMetrics : IApiType<ContainerMetrics>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("usage", 2, Required = true)]
    public Dictionary<string, Quantity> Usage { get; set; } = [];
}
