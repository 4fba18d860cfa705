namespace Sampan.Api.Core.V1;

/// <summary>Ports of the daemons on a node.</summary>
[ApiType("io.k8s.api.core.v1.NodeDaemonEndpoints")]
public sealed partial class NodeDaemonEndpoints : IApiType<NodeDaemonEndpoints>
{
    /// <summary>Port at which the kubelet answers, usually 10250.</summary>
    [Field("kubeletEndpoint", 1)]
    public DaemonEndpoint KubeletEndpoint { get; set; } = new();
}
