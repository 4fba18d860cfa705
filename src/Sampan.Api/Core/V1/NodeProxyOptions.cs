namespace Sampan.Api.Core.V1;

/// <summary>Parameters of a proxied request to a node.</summary>
[ApiType("io.k8s.api.core.v1.NodeProxyOptions")]
[Kind("", "v1")]
public sealed partial class NodeProxyOptions : ITyped<NodeProxyOptions>
{
    /// <summary>Path at the node to send the request to.</summary>
    [Field("path", 1)]
    public string? Path { get; set; }
}
