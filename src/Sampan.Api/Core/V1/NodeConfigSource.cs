namespace Sampan.Api.Core.V1;

/// <summary>Where a kubelet once took its configuration from; dynamic configuration no longer exists.</summary>
[ApiType("io.k8s.api.core.v1.NodeConfigSource")]
public sealed partial class NodeConfigSource : IApiType<NodeConfigSource>
{
    /// <summary>ConfigMap with the kubelet's configuration.</summary>
    [Field("configMap", 2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; set; }
}
