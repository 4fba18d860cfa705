using Sampan.Client.LeaderElection;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler;

/// <summary>How the scheduler runs.</summary>
public sealed record SchedulerOptions
{
    /// <summary>The plugins, and the scheduler name that pods ask for.</summary>
    public Profile Profile { get; init; } = Profile.Default();

    /// <summary>Null: it leads without asking, as the only scheduler of its cluster.</summary>
    public LeaderElectionOptions? LeaderElection { get; init; }
}
