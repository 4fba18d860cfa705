namespace Sampan.Api.Core.V1;

/// <summary>How much swap space a node has.</summary>
[ApiType("io.k8s.api.core.v1.NodeSwapStatus")]
public sealed partial class NodeSwapStatus : IApiType<NodeSwapStatus>
{
    /// <summary>Size of the swap space, in bytes.</summary>
    [Field("capacity", 1)]
    public long? Capacity { get; set; }
}
