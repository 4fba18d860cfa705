namespace Sampan.Api.Core.V1;

/// <summary>Rules on which other pods a pod wants to keep away from, that is out of the same topology domain.</summary>
[ApiType("io.k8s.api.core.v1.PodAntiAffinity")]
public sealed partial class PodAntiAffinity : IApiType<PodAntiAffinity>
{
    /// <summary>Pods that must not be near wherever the pod is placed; each term must hold, but a running pod is not moved.</summary>
    [Field("requiredDuringSchedulingIgnoredDuringExecution", 1, ListType = "atomic")]
    public List<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Wishes about pods to avoid; each weight counts against nodes that have such pods near.</summary>
    [Field("preferredDuringSchedulingIgnoredDuringExecution", 2, ListType = "atomic")]
    public List<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}
