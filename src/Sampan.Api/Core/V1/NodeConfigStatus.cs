namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeConfigStatus")]
public sealed partial class NodeConfigStatus : IApiType<NodeConfigStatus>
{
    [Field("assigned", 1)]
    public NodeConfigSource? Assigned { get; set; }

    [Field("active", 2)]
    public NodeConfigSource? Active { get; set; }

    [Field("lastKnownGood", 3)]
    public NodeConfigSource? LastKnownGood { get; set; }

    [Field("error", 4)]
    public string? Error { get; set; }
}
