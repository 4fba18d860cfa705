namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeDaemonEndpoints")]
public sealed partial class NodeDaemonEndpoints : IApiType<NodeDaemonEndpoints>
{
    [Field("kubeletEndpoint", 1)]
    public DaemonEndpoint KubeletEndpoint { get; set; } = new();
}
