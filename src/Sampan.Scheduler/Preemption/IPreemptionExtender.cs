using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Preemption;

/// <summary>A service outside the scheduler that has a say in who makes room.</summary>
internal interface IPreemptionExtender
{
    bool IsInterested(PodInfo pod);

    /// <summary>The candidates that it agrees with, victims changed as it likes.</summary>
    IEnumerable<Candidate> Preempt(PodInfo pod, IReadOnlyList<Candidate> candidates);
}
