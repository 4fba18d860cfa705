namespace Sampan.Scheduler.Configuration;

/// <summary>How many nodes preemption looks at: the larger of a share and a number.</summary>
public sealed class DefaultPreemptionArgs : IPluginArgs
{
    public int MinCandidateNodesPercentage { get; set; } = 10;
    public int MinCandidateNodesAbsolute { get; set; } = 100;

    public void Validate(FieldPath path, FieldErrors errors)
    {
        var (percentage, absolute) = (path.Child("minCandidateNodesPercentage"), path.Child("minCandidateNodesAbsolute"));
        if (MinCandidateNodesPercentage is < 0 or > 100) errors.Invalid(percentage, MinCandidateNodesPercentage, "not in valid range [0, 100]");
        if (MinCandidateNodesAbsolute < 0) errors.Invalid(absolute, MinCandidateNodesAbsolute, "not in valid range [0, inf)");
        if (MinCandidateNodesPercentage != 0 || MinCandidateNodesAbsolute != 0) return;
        errors.Invalid(percentage, MinCandidateNodesPercentage, "cannot be zero at the same time as minCandidateNodesAbsolute");
        errors.Invalid(absolute, MinCandidateNodesAbsolute, "cannot be zero at the same time as minCandidateNodesPercentage");
    }
}
