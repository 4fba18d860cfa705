using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Selects requests by rule, namespace labels and object labels; an exclusion wins over an inclusion.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MatchResources", MapType = "atomic")]
public sealed partial class MatchResources : IApiType<MatchResources>
{
    /// <summary>
    /// Labels the object's namespace must have, or the object itself if it is a Namespace; empty matches all, other cluster-wide objects
    /// always match.
    /// </summary>
    [Field("namespaceSelector", 1)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>
    /// Labels the old or the new object must have; users control those labels, so rely on it for opting in only. Empty matches all.
    /// </summary>
    [Field("objectSelector", 2)]
    public LabelSelector? ObjectSelector { get; set; }

    /// <summary>Operations and resources to include; one matching rule is enough.</summary>
    [Field("resourceRules", 3, ListType = "atomic")]
    public List<NamedRuleWithOperations>? ResourceRules { get; set; }

    /// <summary>Operations and resources to leave out even when an including rule names them.</summary>
    [Field("excludeResourceRules", 4, ListType = "atomic")]
    public List<NamedRuleWithOperations>? ExcludeResourceRules { get; set; }

    /// <summary>
    /// Exact: only the listed groups and versions; Equivalent: also the same resource through other versions, converted first. Default
    /// Equivalent.
    /// </summary>
    [Field("matchPolicy", 7, Pointer = true)]
    public string? MatchPolicy { get; set; }
}
