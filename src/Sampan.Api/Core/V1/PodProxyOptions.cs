namespace Sampan.Api.Core.V1;

/// <summary>Parameters of a proxied request to a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodProxyOptions")]
[Kind("", "v1")]
public sealed partial class PodProxyOptions : ITyped<PodProxyOptions>
{
    /// <summary>Path at the pod to send the request to.</summary>
    [Field("path", 1)]
    public string? Path { get; set; }
}
