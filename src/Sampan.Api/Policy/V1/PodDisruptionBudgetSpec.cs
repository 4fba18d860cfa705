using Sampan.Api.Meta.V1;

namespace Sampan.Api.Policy.V1;

/// <summary>The pods of a budget, and how many of them may be away at once.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetSpec")]
public sealed partial class PodDisruptionBudgetSpec : IApiType<PodDisruptionBudgetSpec>
{
    /// <summary>How many pods, or which percentage, must stay healthy after an eviction; not together with maxUnavailable.</summary>
    [Field("minAvailable", 1)]
    public IntOrString? MinAvailable { get; set; }

    /// <summary>The pods of the budget; empty for all of the namespace, none when absent.</summary>
    [Field("selector", 2, PatchStrategy = "replace")]
    public LabelSelector? Selector { get; set; }

    /// <summary>How many pods, or which percentage, may be away after an eviction; not together with minAvailable.</summary>
    [Field("maxUnavailable", 3)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>
    /// Running pods that are not ready: IfHealthyBudget (the default) evicts them only while enough others are healthy, AlwaysAllow
    /// always.
    /// </summary>
    [Field("unhealthyPodEvictionPolicy", 4, Pointer = true)]
    public string? UnhealthyPodEvictionPolicy { get; set; }
}
