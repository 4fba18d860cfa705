namespace Sampan.Api.Core.V1;

/// <summary>State of a persistent volume.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeStatus")]
public sealed partial class PersistentVolumeStatus : IApiType<PersistentVolumeStatus>
{
    /// <summary>Pending, Available (free), Bound, Released (its claim was deleted) or Failed (it could not be reclaimed).</summary>
    [Field("phase", 1)]
    public string? Phase { get; set; }

    /// <summary>Why the volume is in this phase, for people.</summary>
    [Field("message", 2)]
    public string? Message { get; set; }

    /// <summary>Cause of a failure in one word, for display and programs.</summary>
    [Field("reason", 3)]
    public string? Reason { get; set; }

    /// <summary>When the volume entered its present phase.</summary>
    [Field("lastPhaseTransitionTime", 4, Pointer = true)]
    public Time? LastPhaseTransitionTime { get; set; }
}
