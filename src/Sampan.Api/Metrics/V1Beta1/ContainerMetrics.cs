namespace Sampan.Api.Metrics.V1Beta1;

/// <summary>What one container uses.</summary>
[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.ContainerMetrics")]
public sealed partial class ContainerMetrics : IApiType<ContainerMetrics>
{
    /// <summary>The container's name in its pod.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>What it uses: cpu as cores on average over the window, memory as the working set in bytes.</summary>
    [Field("usage", 2, Required = true)]
    public Dictionary<string, Quantity> Usage { get; set; } = [];
}
