namespace Sampan.Scheduler.Configuration;

/// <summary>How pods' wishes of company are weighed.</summary>
public sealed class InterPodAffinityArgs : IPluginArgs
{
    /// <summary>What a placed pod's required affinity adds to the score of its domain.</summary>
    public int HardPodAffinityWeight { get; set; } = 1;

    /// <summary>Score by the pod's own preferences only.</summary>
    public bool IgnorePreferredTermsOfExistingPods { get; set; }

    public void Validate(FieldPath path, FieldErrors errors)
    {
        if (HardPodAffinityWeight is < 0 or > 100) errors.Invalid(path.Child("hardPodAffinityWeight"), HardPodAffinityWeight, "not in valid range [0, 100]");
    }
}
