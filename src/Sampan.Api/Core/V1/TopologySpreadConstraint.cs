using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.TopologySpreadConstraint")]
public sealed partial class TopologySpreadConstraint : IApiType<TopologySpreadConstraint>
{
    [Field("maxSkew", 1, Required = true)]
    public int MaxSkew { get; set; }

    [Field("topologyKey", 2, Required = true)]
    public string TopologyKey { get; set; } = "";

    [Field("whenUnsatisfiable", 3, Required = true)]
    public string WhenUnsatisfiable { get; set; } = "";

    [Field("labelSelector", 4)]
    public LabelSelector? LabelSelector { get; set; }

    [Field("minDomains", 5)]
    public int? MinDomains { get; set; }

    [Field("nodeAffinityPolicy", 6, Pointer = true)]
    public string? NodeAffinityPolicy { get; set; }

    [Field("nodeTaintsPolicy", 7, Pointer = true)]
    public string? NodeTaintsPolicy { get; set; }

    [Field("matchLabelKeys", 8, ListType = "atomic")]
    public List<string>? MatchLabelKeys { get; set; }
}
