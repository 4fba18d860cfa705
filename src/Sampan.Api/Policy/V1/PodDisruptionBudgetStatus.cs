using Sampan.Api.Meta.V1;

namespace Sampan.Api.Policy.V1;

/// <summary>What was counted for a budget.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetStatus")]
public sealed partial class PodDisruptionBudgetStatus : IApiType<PodDisruptionBudgetStatus>
{
    /// <summary>The generation of the budget that was counted for; evictions are refused while it is an older one.</summary>
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    /// <summary>Pods whose eviction was permitted and that are not yet seen to go, with the time of the permission.</summary>
    [Field("disruptedPods", 2)]
    public Dictionary<string, Time>? DisruptedPods { get; set; }

    /// <summary>How many pods may be evicted now.</summary>
    [Field("disruptionsAllowed", 3, Always = true, Default = "0")]
    public int DisruptionsAllowed { get; set; }

    /// <summary>How many pods are healthy.</summary>
    [Field("currentHealthy", 4, Always = true, Default = "0")]
    public int CurrentHealthy { get; set; }

    /// <summary>How many pods must be healthy at least.</summary>
    [Field("desiredHealthy", 5, Always = true, Default = "0")]
    public int DesiredHealthy { get; set; }

    /// <summary>How many pods the budget has, as their controllers want them.</summary>
    [Field("expectedPods", 6, Always = true, Default = "0")]
    public int ExpectedPods { get; set; }

    /// <summary>Findings about the budget; DisruptionAllowed says whether a pod may be evicted, and why not.</summary>
    [Field("conditions", 7, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
