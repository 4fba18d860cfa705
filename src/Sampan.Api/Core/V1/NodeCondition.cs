namespace Sampan.Api.Core.V1;

/// <summary>An observation about the health of a node.</summary>
[ApiType("io.k8s.api.core.v1.NodeCondition")]
public sealed partial class NodeCondition : IApiType<NodeCondition>
{
    /// <summary>What is observed: Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable; others may be added.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether the observation holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the node last reported this condition.</summary>
    [Field("lastHeartbeatTime", 3)]
    public Time? LastHeartbeatTime { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause in one word for programs, such as KubeletReady.</summary>
    [Field("reason", 5)]
    public string? Reason { get; set; }

    /// <summary>Details of the observation, for people.</summary>
    [Field("message", 6)]
    public string? Message { get; set; }
}
