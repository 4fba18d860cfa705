namespace Sampan.Api.Authorization.V1;

/// <summary>Resources, with what is allowed on them.</summary>
[ApiType("io.k8s.api.authorization.v1.ResourceRule")]
public sealed partial class ResourceRule : IApiType<ResourceRule>
{
    /// <summary>What is allowed, such as get and list; * is everything.</summary>
    [Field("verbs", 1, Required = true, ListType = "atomic")]
    public List<string> Verbs { get; set; } = [];

    /// <summary>Groups of the resources, with an empty string for the core group; * is every group.</summary>
    [Field("apiGroups", 2, ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    /// <summary>Resources such as pods or pods/log; * is all, */scale that endpoint of all.</summary>
    [Field("resources", 3, ListType = "atomic")]
    public List<string>? Resources { get; set; }

    /// <summary>Only objects of these names; empty is no such limit.</summary>
    [Field("resourceNames", 4, ListType = "atomic")]
    public List<string>? ResourceNames { get; set; }
}
