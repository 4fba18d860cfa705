namespace Sampan.Api.Core.V1;

/// <summary>Limits on what the objects of a namespace may use in total.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuotaSpec")]
public sealed partial class ResourceQuotaSpec : IApiType<ResourceQuotaSpec>
{
    /// <summary>Most that may be used, by resource, such as requests.cpu, pods or count/configmaps.</summary>
    [Field("hard", 1)]
    public Dictionary<string, Quantity>? Hard { get; set; }

    /// <summary>
    /// Counts only objects in all these scopes, such as BestEffort, NotTerminating or CrossNamespacePodAffinity; all objects when absent.
    /// </summary>
    [Field("scopes", 2, ListType = "atomic")]
    public List<string>? Scopes { get; set; }

    /// <summary>Counts only objects that match these scopes, with values where needed, such as priority classes.</summary>
    [Field("scopeSelector", 3)]
    public ScopeSelector? ScopeSelector { get; set; }
}
