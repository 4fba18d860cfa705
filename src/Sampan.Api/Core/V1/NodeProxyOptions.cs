namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeProxyOptions")]
[Kind("", "v1")]
public sealed partial class NodeProxyOptions : ITyped<NodeProxyOptions>
{
    [Field("path", 1)]
    public string? Path { get; set; }
}
