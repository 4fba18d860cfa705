namespace Sampan.Api.Core.V1;

/// <summary>An observation about a claim, mostly about a resize or modification.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimCondition")]
public sealed partial class PersistentVolumeClaimCondition : IApiType<PersistentVolumeClaimCondition>
{
    /// <summary>What is observed, such as Resizing, FileSystemResizePending or ModifyVolumeError.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Whether the observation holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the condition was last checked.</summary>
    [Field("lastProbeTime", 3)]
    public Time? LastProbeTime { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause in one word for programs.</summary>
    [Field("reason", 5)]
    public string? Reason { get; set; }

    /// <summary>Details of the resize or modification, for people.</summary>
    [Field("message", 6)]
    public string? Message { get; set; }
}
