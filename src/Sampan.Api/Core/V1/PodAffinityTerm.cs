using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A group of pods and the topology domain, such as a node or zone, that counts as near.</summary>
[ApiType("io.k8s.api.core.v1.PodAffinityTerm")]
public sealed partial class PodAffinityTerm : IApiType<PodAffinityTerm>
{
    /// <summary>Labels of the pods in the group; absent matches no pod, empty matches every one.</summary>
    [Field("labelSelector", 1)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Namespaces whose pods count, besides those chosen by selector; the pod's own if neither is given.</summary>
    [Field("namespaces", 2, ListType = "atomic")]
    public List<string>? Namespaces { get; set; }

    /// <summary>Node label whose value makes a domain, such as topology.kubernetes.io/zone; must not be empty.</summary>
    [Field("topologyKey", 3, Required = true)]
    public string TopologyKey { get; set; } = "";

    /// <summary>Namespaces whose pods count, by label, besides those listed by name; empty means all namespaces.</summary>
    [Field("namespaceSelector", 4)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>
    /// Labels in which the others must equal the pod to be placed, such as pod-template-hash; needs a label selector without them.
    /// </summary>
    [Field("matchLabelKeys", 5, ListType = "atomic")]
    public List<string>? MatchLabelKeys { get; set; }

    /// <summary>
    /// Labels in which the others must differ from the pod to be placed, such as a tenant; needs a label selector without them.
    /// </summary>
    [Field("mismatchLabelKeys", 6, ListType = "atomic")]
    public List<string>? MismatchLabelKeys { get; set; }
}
