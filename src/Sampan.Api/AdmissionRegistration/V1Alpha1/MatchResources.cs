using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1Alpha1;

[ApiType("io.k8s.api.admissionregistration.v1alpha1.MatchResources", MapType = "atomic")]
public sealed partial class MatchResources : IApiType<MatchResources>
{
    [Field("namespaceSelector", 1)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Field("objectSelector", 2)]
    public LabelSelector? ObjectSelector { get; set; }

    [Field("resourceRules", 3, ListType = "atomic")]
    public List<NamedRuleWithOperations>? ResourceRules { get; set; }

    [Field("excludeResourceRules", 4, ListType = "atomic")]
    public List<NamedRuleWithOperations>? ExcludeResourceRules { get; set; }

    [Field("matchPolicy", 7, Pointer = true)]
    public string? MatchPolicy { get; set; }
}
