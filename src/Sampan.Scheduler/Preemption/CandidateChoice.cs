namespace Sampan.Scheduler.Preemption;

/// <summary>
/// The candidate that does the least harm: fewest violated budgets, then the lowest highest priority, the lowest sum of
/// priorities, the fewest victims, and the most important victims that started latest.
/// </summary>
internal static class CandidateChoice
{
    public static Candidate Best(IEnumerable<Candidate> candidates, DateTimeOffset now) => candidates
        .OrderBy(candidate => candidate.Violations)
        .ThenBy(candidate => candidate.Victims[0].Priority)
        .ThenBy(SumOfPriorities)
        .ThenBy(candidate => candidate.Victims.Count)
        .ThenByDescending(candidate => EarliestStart(candidate, now))
        .First();

    // Priorities are lifted above zero: many victims of a negative priority are not better than few.
    private static long SumOfPriorities(Candidate candidate) => candidate.Victims.Sum(victim => victim.Priority + (long)int.MaxValue + 1);

    private static DateTimeOffset EarliestStart(Candidate candidate, DateTimeOffset now)
    {
        var highest = candidate.Victims[0].Priority;
        return candidate.Victims.Where(victim => victim.Priority == highest).Min(victim => Importance.StartOf(victim, now));
    }
}
