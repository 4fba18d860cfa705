namespace Sampan.Api.Core.V1;

/// <summary>Rules that draw a pod to, or keep it away from, certain nodes and other pods.</summary>
[ApiType("io.k8s.api.core.v1.Affinity")]
public sealed partial class Affinity : IApiType<Affinity>
{
    /// <summary>Which nodes the pod may or would rather run on, by the nodes' labels.</summary>
    [Field("nodeAffinity", 1)]
    public NodeAffinity? NodeAffinity { get; set; }

    /// <summary>Which running pods this pod wants to be placed near.</summary>
    [Field("podAffinity", 2)]
    public PodAffinity? PodAffinity { get; set; }

    /// <summary>Which running pods this pod wants to be kept apart from.</summary>
    [Field("podAntiAffinity", 3)]
    public PodAntiAffinity? PodAntiAffinity { get; set; }
}
