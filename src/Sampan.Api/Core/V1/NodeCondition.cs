namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeCondition")]
public sealed partial class NodeCondition : IApiType<NodeCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("lastHeartbeatTime", 3)]
    public Time? LastHeartbeatTime { get; set; }

    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 5)]
    public string? Reason { get; set; }

    [Field("message", 6)]
    public string? Message { get; set; }
}
