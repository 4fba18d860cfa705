namespace Sampan.Api.Core.V1;

/// <summary>State of a kubelet's dynamic configuration, which no longer exists.</summary>
[ApiType("io.k8s.api.core.v1.NodeConfigStatus")]
public sealed partial class NodeConfigStatus : IApiType<NodeConfigStatus>
{
    /// <summary>Configuration that the kubelet was told to use next.</summary>
    [Field("assigned", 1)]
    public NodeConfigSource? Assigned { get; set; }

    /// <summary>Configuration that the kubelet was running with.</summary>
    [Field("active", 2)]
    public NodeConfigSource? Active { get; set; }

    /// <summary>Configuration to return to if the assigned one does not work.</summary>
    [Field("lastKnownGood", 3)]
    public NodeConfigSource? LastKnownGood { get; set; }

    /// <summary>What is wrong with the assigned configuration; empty if nothing.</summary>
    [Field("error", 4)]
    public string? Error { get; set; }
}
