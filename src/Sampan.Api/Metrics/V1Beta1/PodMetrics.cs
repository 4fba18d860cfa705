using Sampan.Api.Meta.V1;

namespace Sampan.Api.Metrics.V1Beta1;

/// <summary>What the containers of a pod use.</summary>
[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetrics")]
[Kind("metrics.k8s.io", "v1beta1", Plural = "pods", Namespaced = true, Verbs = ["get", "list"])]
public sealed partial class PodMetrics : IObject<PodMetrics>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>When the window of measurement ended.</summary>
    [Field("timestamp", 2, Required = true)]
    public Time? Timestamp { get; set; }

    /// <summary>How long the window was over which the processor was averaged.</summary>
    [Field("window", 3, Required = true)]
    public Duration Window { get; set; }

    /// <summary>The use of each container, all in the same window.</summary>
    [Field("containers", 4, Required = true)]
    public List<ContainerMetrics> Containers { get; set; } = [];
}
