namespace Sampan.Api.Core.V1;

/// <summary>A wish about the pods nearby, with its weight.</summary>
[ApiType("io.k8s.api.core.v1.WeightedPodAffinityTerm")]
public sealed partial class WeightedPodAffinityTerm : IApiType<WeightedPodAffinityTerm>
{
    /// <summary>Points for or against nodes that the wish applies to, 1 to 100.</summary>
    [Field("weight", 1, Required = true)]
    public int Weight { get; set; }

    /// <summary>Which pods, and what counts as near.</summary>
    [Field("podAffinityTerm", 2, Required = true)]
    public PodAffinityTerm PodAffinityTerm { get; set; } = new();
}
