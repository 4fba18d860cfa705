namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodAffinity")]
public sealed partial class PodAffinity : IApiType<PodAffinity>
{
    [Field("requiredDuringSchedulingIgnoredDuringExecution", 1, ListType = "atomic")]
    public List<PodAffinityTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    [Field("preferredDuringSchedulingIgnoredDuringExecution", 2, ListType = "atomic")]
    public List<WeightedPodAffinityTerm>? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}
