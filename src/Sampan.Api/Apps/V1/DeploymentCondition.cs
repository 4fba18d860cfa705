namespace Sampan.Api.Apps.V1;

/// <summary>One aspect of a Deployment's state.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentCondition")]
public sealed partial class DeploymentCondition : IApiType<DeploymentCondition>
{
    /// <summary>Available, Progressing or ReplicaFailure.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether it is so: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the entry was last written, even if the status stayed the same.</summary>
    [Field("lastUpdateTime", 6)]
    public Time? LastUpdateTime { get; set; }

    /// <summary>When the status last switched to another value.</summary>
    [Field("lastTransitionTime", 7)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>CamelCase cause, such as NewReplicaSetAvailable or ProgressDeadlineExceeded.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>The cause in a sentence, for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}
