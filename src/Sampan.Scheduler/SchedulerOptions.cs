using Sampan.Client.LeaderElection;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler;

/// <summary>How the scheduler runs.</summary>
public sealed record SchedulerOptions
{
    /// <summary>The plugins by the scheduler name that pods ask for.</summary>
    public IReadOnlyList<Profile> Profiles { get; init; } = [Profile.Default()];

    public QueueOptions Queue { get; init; } = new();

    /// <summary>How many pods are bound at once.</summary>
    public int BindParallelism { get; init; } = 16;

    /// <summary>Null: it leads without asking, as the only scheduler of its cluster.</summary>
    public LeaderElectionOptions? LeaderElection { get; init; }
}
