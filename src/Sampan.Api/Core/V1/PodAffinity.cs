namespace Sampan.Api.Core.V1;

/// <summary>Rules on which other pods a pod wants to be near, that is in the same topology domain.</summary>
[ApiType("io.k8s.api.core.v1.PodAffinity")]
public sealed partial class PodAffinity : IApiType<PodAffinity>
{
    /// <summary>Pods that must be near wherever the pod is placed; all terms must hold, but a running pod is not moved.</summary>
    [Field("requiredDuringSchedulingIgnoredDuringExecution", 1, ListType = "atomic")]
    public List<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Wishes about pods nearby; nodes collect the weights of those they fulfil, and the highest sum is preferred.</summary>
    [Field("preferredDuringSchedulingIgnoredDuringExecution", 2, ListType = "atomic")]
    public List<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}
