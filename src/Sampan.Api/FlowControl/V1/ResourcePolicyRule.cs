namespace Sampan.Api.FlowControl.V1;

/// <summary>Requests for resources, by verb, group, resource and namespace; all of them have to match.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.ResourcePolicyRule")]
public sealed partial class ResourcePolicyRule : IApiType<ResourcePolicyRule>
{
    /// <summary>Verbs that match, or a single asterisk for all.</summary>
    [Field("verbs", 1, Required = true, ListType = "set")]
    public List<string> Verbs { get; set; } = [];

    /// <summary>API groups that match, empty text for the core group, or a single asterisk for all.</summary>
    [Field("apiGroups", 2, Required = true, ListType = "set")]
    public List<string> ApiGroups { get; set; } = [];

    /// <summary>Resources in lower-case plural that match, subresources as pods/status, or a single asterisk for all.</summary>
    [Field("resources", 3, Required = true, ListType = "set")]
    public List<string> Resources { get; set; } = [];

    /// <summary>Whether requests outside any namespace match; required when no namespaces are given.</summary>
    [Field("clusterScope", 4)]
    public bool ClusterScope { get; set; }

    /// <summary>Namespaces that match, or a single asterisk for all; requests outside namespaces need clusterScope.</summary>
    [Field("namespaces", 5, ListType = "set")]
    public List<string>? Namespaces { get; set; }
}
