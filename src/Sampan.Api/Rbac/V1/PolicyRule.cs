namespace Sampan.Api.Rbac.V1;

/// <summary>Permits verbs on resources or on paths; it never denies.</summary>
[ApiType("io.k8s.api.rbac.v1.PolicyRule")]
public sealed partial class PolicyRule : IApiType<PolicyRule>
{
    /// <summary>What is permitted, such as get or list; an asterisk for everything.</summary>
    [Field("verbs", 1, Required = true, ListType = "atomic")]
    public List<string> Verbs { get; set; } = [];

    /// <summary>API groups of the resources; empty text for the core group, an asterisk for all.</summary>
    [Field("apiGroups", 2, ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    /// <summary>Resources in plural, subresources as pods/log; an asterisk for all, */scale for one subresource of all.</summary>
    [Field("resources", 3, ListType = "atomic")]
    public List<string>? Resources { get; set; }

    /// <summary>Only objects of these names; all when empty. Does not work for create, and for list only by field selector.</summary>
    [Field("resourceNames", 4, ListType = "atomic")]
    public List<string>? ResourceNames { get; set; }

    /// <summary>Paths that are no resources, such as /metrics or /healthz/*; only in ClusterRoles, and not beside resources.</summary>
    [Field("nonResourceURLs", 5, ListType = "atomic")]
    public List<string>? NonResourceURLs { get; set; }
}
