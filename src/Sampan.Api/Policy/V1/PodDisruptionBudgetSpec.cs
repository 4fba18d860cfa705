using Sampan.Api.Meta.V1;

namespace Sampan.Api.Policy.V1;

[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetSpec")]
public sealed partial class PodDisruptionBudgetSpec : IApiType<PodDisruptionBudgetSpec>
{
    [Field("minAvailable", 1)]
    public IntOrString? MinAvailable { get; set; }

    [Field("selector", 2, PatchStrategy = "replace")]
    public LabelSelector? Selector { get; set; }

    [Field("maxUnavailable", 3)]
    public IntOrString? MaxUnavailable { get; set; }

    [Field("unhealthyPodEvictionPolicy", 4, Pointer = true)]
    public string? UnhealthyPodEvictionPolicy { get; set; }
}
