using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A rule for spreading like pods over topology domains, such as nodes or zones.</summary>
[ApiType("io.k8s.api.core.v1.TopologySpreadConstraint")]
public sealed partial class TopologySpreadConstraint : IApiType<TopologySpreadConstraint>
{
    /// <summary>By how many pods a domain may exceed the emptiest one; at least 1.</summary>
    [Field("maxSkew", 1, Required = true)]
    public int MaxSkew { get; set; }

    /// <summary>Node label whose value makes a domain; nodes without it are left out.</summary>
    [Field("topologyKey", 2, Required = true)]
    public string TopologyKey { get; set; } = "";

    /// <summary>
    /// What to do if the skew would be too large: DoNotSchedule leaves the pod waiting, ScheduleAnyway takes the least bad node.
    /// </summary>
    [Field("whenUnsatisfiable", 3, Required = true)]
    public string WhenUnsatisfiable { get; set; } = "";

    /// <summary>Labels of the pods to count, in the pod's own namespace.</summary>
    [Field("labelSelector", 4)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Number of domains below which the emptiest counts as 0 pods; 1 when absent. Only with DoNotSchedule.</summary>
    [Field("minDomains", 5)]
    public int? MinDomains { get; set; }

    /// <summary>Honor (the default) counts only nodes that suit the pod's affinity and node selector, Ignore counts all.</summary>
    [Field("nodeAffinityPolicy", 6, Pointer = true)]
    public string? NodeAffinityPolicy { get; set; }

    /// <summary>Honor leaves out nodes whose taints the pod does not tolerate, Ignore (the default) counts them too.</summary>
    [Field("nodeTaintsPolicy", 7, Pointer = true)]
    public string? NodeTaintsPolicy { get; set; }

    /// <summary>Labels in which counted pods must equal the one to be placed, such as pod-template-hash; needs a label selector.</summary>
    [Field("matchLabelKeys", 8, ListType = "atomic")]
    public List<string>? MatchLabelKeys { get; set; }
}
