namespace Sampan.Api.Meta.V1;

/// <summary>One resource of a group and version: its names, kind and verbs.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResource")]
public sealed partial class APIResource : IApiType<APIResource>
{
    /// <summary>The resource in plural as it stands in paths; a subresource as resource/subresource.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The resource in singular, for the command line.</summary>
    [Field("singularName", 6, Required = true)]
    public string SingularName { get; set; } = "";

    /// <summary>Whether its objects live in namespaces.</summary>
    [Field("namespaced", 2, Required = true)]
    public bool Namespaced { get; set; }

    /// <summary>The group of its objects' kind where that is not the group of the list, as for scale.</summary>
    [Field("group", 8)]
    public string? Group { get; set; }

    /// <summary>The version of its objects' kind where that is not the version of the list.</summary>
    [Field("version", 9)]
    public string? Version { get; set; }

    /// <summary>The kind of its objects, such as Pod.</summary>
    [Field("kind", 3, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>What clients may do with it, such as get, list, watch and create.</summary>
    [Field("verbs", 4, Required = true, Wrapped = true)]
    public List<string> Verbs { get; set; } = [];

    /// <summary>Abbreviations for the command line, such as po.</summary>
    [Field("shortNames", 5, ListType = "atomic")]
    public List<string>? ShortNames { get; set; }

    /// <summary>Names under which several resources are listed together, such as all.</summary>
    [Field("categories", 7, ListType = "atomic")]
    public List<string>? Categories { get; set; }

    /// <summary>Changes when objects are stored in another version, so that they may need migration; compare for equality only.</summary>
    [Field("storageVersionHash", 10)]
    public string? StorageVersionHash { get; set; }
}
