namespace Sampan.Scheduler.Queue;

/// <summary>How long a pod waits after a failed attempt: the first wait doubles with each attempt up to the longest.</summary>
public sealed record QueueOptions
{
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A refused pod is tried again after this long even when no change seems to help.</summary>
    public TimeSpan UnschedulableLimit { get; init; } = TimeSpan.FromMinutes(5);
}
