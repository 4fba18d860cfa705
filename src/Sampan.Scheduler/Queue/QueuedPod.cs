using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Queue;

/// <summary>A pod that waits to be scheduled, with the story of its attempts.</summary>
public sealed class QueuedPod(PodInfo pod, DateTimeOffset queuedAt)
{
    public PodInfo Pod { get; internal set; } = pod;

    /// <summary>When it last came into the active queue: among equal priorities the oldest goes first.</summary>
    public DateTimeOffset QueuedAt { get; internal set; } = queuedAt;

    public DateTimeOffset FirstQueuedAt { get; } = queuedAt;

    public int Attempts { get; internal set; }

    /// <summary>The plugins that refused it in the last attempt: only changes that they care for bring it back early.</summary>
    public IReadOnlySet<string> RefusedBy { get; internal set; } = new HashSet<string>();

    /// <summary>When it last failed; its back-off counts from here.</summary>
    public DateTimeOffset FailedAt { get; internal set; }

    /// <summary>No change has brought it back, only the time that it waited.</summary>
    internal bool WasFlushed { get; set; }

    /// <summary>How often no node could take it.</summary>
    internal int Refusals { get; set; }

    /// <summary>How often in a row its attempt broke.</summary>
    internal int Errors { get; set; }

    internal DateTimeOffset BackoffUntil { get; set; }
}
