namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeSwapStatus")]
public sealed partial class NodeSwapStatus : IApiType<NodeSwapStatus>
{
    [Field("capacity", 1)]
    public long? Capacity { get; set; }
}
