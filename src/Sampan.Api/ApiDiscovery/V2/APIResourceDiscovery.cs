using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiDiscovery.V2;

/// <summary>A resource as clients see it: names, scope, verbs and subresources.</summary>
[ApiType("io.k8s.api.apidiscovery.v2.APIResourceDiscovery")]
public sealed partial class APIResourceDiscovery : IApiType<APIResourceDiscovery>
{
    /// <summary>Plural name used in paths, such as deployments; unique in its group and version.</summary>
    [Field("resource", 1, Required = true)]
    public string Resource { get; set; } = "";

    /// <summary>Kind of the objects the resource returns; its group or version is empty when the same as the enclosing one.</summary>
    [Field("responseKind", 2)]
    public KindReference? ResponseKind { get; set; }

    /// <summary>Namespaced or Cluster: whether objects live in a namespace.</summary>
    [Field("scope", 3, Required = true)]
    public string Scope { get; set; } = "";

    /// <summary>Name for one object, such as deployment; accepted by command lines.</summary>
    [Field("singularResource", 4, Required = true)]
    public string SingularResource { get; set; } = "";

    /// <summary>What can be done, such as get, list, watch, create, update, patch, delete and deletecollection.</summary>
    [Field("verbs", 5, Required = true)]
    public List<string> Verbs { get; set; } = [];

    /// <summary>Abbreviations for the command line, such as deploy.</summary>
    [Field("shortNames", 6)]
    public List<string>? ShortNames { get; set; }

    /// <summary>Groupings the resource is part of, such as all, so that one name lists several resources.</summary>
    [Field("categories", 7)]
    public List<string>? Categories { get; set; }

    /// <summary>Endpoints below single objects, such as status and scale.</summary>
    [Field("subresources", 8)]
    public List<APISubresourceDiscovery>? Subresources { get; set; }
}
