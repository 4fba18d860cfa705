using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodAffinityTerm")]
public sealed partial class PodAffinityTerm : IApiType<PodAffinityTerm>
{
    [Field("labelSelector", 1)]
    public LabelSelector? LabelSelector { get; set; }

    [Field("namespaces", 2, ListType = "atomic")]
    public List<string>? Namespaces { get; set; }

    [Field("topologyKey", 3, Required = true)]
    public string TopologyKey { get; set; } = "";

    [Field("namespaceSelector", 4)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Field("matchLabelKeys", 5, ListType = "atomic")]
    public List<string>? MatchLabelKeys { get; set; }

    [Field("mismatchLabelKeys", 6, ListType = "atomic")]
    public List<string>? MismatchLabelKeys { get; set; }
}
