namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>How the autoscaler behaves where an object does not say.</summary>
public sealed record AutoscalerOptions
{
    /// <summary>How often metrics are looked at. Upstream's 15 seconds would delay an answer to a changed load by as much.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan DownscaleStabilization { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the ratio of usage to target may be from 1 before anything is done.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>How long after its start a pod's CPU samples may be those of its start.</summary>
    public TimeSpan CpuInitializationPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A pod that was last unready this soon after its start has never been ready.</summary>
    public TimeSpan InitialReadinessDelay { get; init; } = TimeSpan.FromSeconds(30);
}
