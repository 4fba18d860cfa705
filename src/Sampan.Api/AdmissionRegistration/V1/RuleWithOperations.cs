namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Operations and resources for which a webhook is called.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.RuleWithOperations")]
public sealed partial class RuleWithOperations : IApiType<RuleWithOperations>
{
    /// <summary>Any of CREATE, UPDATE, DELETE and CONNECT, or a single * for all.</summary>
    [Field("operations", 1, ListType = "atomic")]
    public List<string>? Operations { get; set; }

    /// <summary>Groups of the resources, with an empty string for the core group; a single * for all groups.</summary>
    [Field("apiGroups", 1, Embedded = [2], ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    /// <summary>Versions of the resources, such as v1 or v1beta1; a single * for all versions.</summary>
    [Field("apiVersions", 2, Embedded = [2], ListType = "atomic")]
    public List<string>? ApiVersions { get; set; }

    /// <summary>
    /// Resources and subresources, such as pods, pods/*, */status or *; a plain * does not take in subresources, */* does.
    /// </summary>
    [Field("resources", 3, Embedded = [2], ListType = "atomic")]
    public List<string>? Resources { get; set; }

    /// <summary>Limits the rule to Cluster or Namespaced resources; * takes both and is the default.</summary>
    [Field("scope", 4, Embedded = [2], Pointer = true)]
    public string? Scope { get; set; }
}
