using Sampan.Api.Meta.V1;

namespace Sampan.Api.Metrics.V1Beta1;

[ApiType("io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics")]
[Kind("metrics.k8s.io", "v1beta1", Plural = "nodes", Verbs = ["get", "list"])]
public sealed partial class NodeMetrics : IObject<NodeMetrics>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("timestamp", 2, Required = true)]
    public Time? Timestamp { get; set; }

    [Field("window", 3, Required = true)]
    public Duration Window { get; set; }

    [Field("usage", 4, Required = true)]
    public Dictionary<string, Quantity> Usage { get; set; } = [];
}
