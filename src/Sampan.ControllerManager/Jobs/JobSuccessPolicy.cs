namespace Sampan.ControllerManager.Jobs;

/// <summary>Applies spec.successPolicy: the first rule that the completed indexes fulfil ends the Job as a success.</summary>
internal static class JobSuccessPolicy
{
    /// <summary>What is said of the rule that matched; null for none.</summary>
    public static string? Match(JobSync sync)
    {
        var rules = sync.Job.Spec.SuccessPolicy?.Rules ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            var wanted = rules[i].SucceededIndexes is { } text ? JobIndexes.Parse(text, sync.Completions).ToHashSet() : null;
            var done = wanted is null ? sync.CompletedIndexes.Count : sync.CompletedIndexes.Count(wanted.Contains);
            if (done >= (rules[i].SucceededCount ?? wanted?.Count ?? int.MaxValue)) return $"Matched rules at index {i}";
        }

        return null;
    }
}
