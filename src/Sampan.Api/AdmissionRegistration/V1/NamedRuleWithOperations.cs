namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A rule on operations and resources that can be limited to objects of certain names.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations", MapType = "atomic")]
public sealed partial class NamedRuleWithOperations : IApiType<NamedRuleWithOperations>
{
    /// <summary>Object names the rule is limited to; empty means any name.</summary>
    [Field("resourceNames", 1, ListType = "atomic")]
    public List<string>? ResourceNames { get; set; }

    /// <summary>Which of CREATE, UPDATE, DELETE and CONNECT the rule covers; a * stands for any.</summary>
    [Field("operations", 1, Embedded = [2], ListType = "atomic")]
    public List<string>? Operations { get; set; }

    /// <summary>API groups the rule covers; an empty string stands for the core group, * alone for every group.</summary>
    [Field("apiGroups", 1, Embedded = [2, 2], ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    /// <summary>API versions the rule covers, such as v1; * alone stands for every version.</summary>
    [Field("apiVersions", 2, Embedded = [2, 2], ListType = "atomic")]
    public List<string>? ApiVersions { get; set; }

    /// <summary>
    /// Plural names such as pods or pods/log; * is all resources, */scale one subresource of all, pods/* all subresources of pods.
    /// </summary>
    [Field("resources", 3, Embedded = [2, 2], ListType = "atomic")]
    public List<string>? Resources { get; set; }

    /// <summary>Cluster, Namespaced or * for both; Namespace objects count as Cluster. Default *.</summary>
    [Field("scope", 4, Embedded = [2, 2], Pointer = true)]
    public string? Scope { get; set; }
}
