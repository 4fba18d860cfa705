namespace Sampan.Api.Core.V1;

/// <summary>An observation about a ReplicationController.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationControllerCondition")]
public sealed partial class ReplicationControllerCondition : IApiType<ReplicationControllerCondition>
{
    /// <summary>What is observed; ReplicaFailure if pods cannot be created or deleted.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether the observation holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the status last changed.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause in one word for programs, such as FailedCreate.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Details for people, such as the error met when creating a pod.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
