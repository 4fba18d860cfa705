using Sampan.Api.Meta.V1;

namespace Sampan.Api.Metrics.V1Beta1;

/// <summary>What a node uses.</summary>
[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics")]
[Kind("metrics.k8s.io", "v1beta1", Plural = "nodes", Verbs = ["get", "list"])]
public sealed partial class NodeMetrics : IObject<NodeMetrics>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>When the window of measurement ended.</summary>
    [Field("timestamp", 2, Required = true)]
    public Time? Timestamp { get; set; }

    /// <summary>How long the window was over which the processor was averaged.</summary>
    [Field("window", 3, Required = true)]
    public Duration Window { get; set; }

    /// <summary>What it uses: cpu as cores on average over the window, memory as the working set in bytes.</summary>
    [Field("usage", 4, Required = true)]
    public Dictionary<string, Quantity> Usage { get; set; } = [];
}
