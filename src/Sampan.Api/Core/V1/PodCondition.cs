namespace Sampan.Api.Core.V1;

/// <summary>An observation about a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodCondition")]
public sealed partial class PodCondition : IApiType<PodCondition>
{
    /// <summary>What is observed: PodScheduled, Initialized, ContainersReady, Ready or another type, such as a readiness gate's.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Generation of the pod that the observation was made of.</summary>
    [Field("observedGeneration", 7)]
    public long ObservedGeneration { get; set; }

    /// <summary>Whether the observation holds: True, False or Unknown.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the condition was last checked.</summary>
    [Field("lastProbeTime", 3)]
    public Time? LastProbeTime { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause in one word for programs, such as Unschedulable.</summary>
    [Field("reason", 5)]
    public string? Reason { get; set; }

    /// <summary>Details of the observation, for people.</summary>
    [Field("message", 6)]
    public string? Message { get; set; }
}
