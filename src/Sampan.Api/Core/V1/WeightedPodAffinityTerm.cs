namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.WeightedPodAffinityTerm")]
public sealed partial class WeightedPodAffinityTerm : IApiType<WeightedPodAffinityTerm>
{
    [Field("weight", 1, Required = true)]
    public int Weight { get; set; }

    [Field("podAffinityTerm", 2, Required = true)]
    public PodAffinityTerm PodAffinityTerm { get; set; } = new();
}
