using Sampan.Api.Meta.V1;

namespace Sampan.Api.Policy.V1;

[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetStatus")]
public sealed partial class PodDisruptionBudgetStatus : IApiType<PodDisruptionBudgetStatus>
{
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    [Field("disruptedPods", 2)]
    public Dictionary<string, Time>? DisruptedPods { get; set; }

    [Field("disruptionsAllowed", 3, Always = true, Default = "0")]
    public int DisruptionsAllowed { get; set; }

    [Field("currentHealthy", 4, Always = true, Default = "0")]
    public int CurrentHealthy { get; set; }

    [Field("desiredHealthy", 5, Always = true, Default = "0")]
    public int DesiredHealthy { get; set; }

    [Field("expectedPods", 6, Always = true, Default = "0")]
    public int ExpectedPods { get; set; }

    [Field("conditions", 7, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
