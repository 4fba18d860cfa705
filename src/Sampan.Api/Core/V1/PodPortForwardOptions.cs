namespace Sampan.Api.Core.V1;

/// <summary>Parameters for forwarding connections to a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodPortForwardOptions")]
[Kind("", "v1")]
public sealed partial class PodPortForwardOptions : ITyped<PodPortForwardOptions>
{
    /// <summary>Ports of the pod to forward to; needed only over WebSockets.</summary>
    [Field("ports", 1)]
    public List<int>? Ports { get; set; }
}
