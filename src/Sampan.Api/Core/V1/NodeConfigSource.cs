namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeConfigSource")]
public sealed partial class NodeConfigSource : IApiType<NodeConfigSource>
{
    [Field("configMap", 2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; set; }
}
