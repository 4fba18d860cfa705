namespace Sampan.Api.ApiExtensions.V1;

/// <summary>The names a custom resource goes by in paths, objects and commands.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames")]
public sealed partial class CustomResourceDefinitionNames : IApiType<CustomResourceDefinitionNames>
{
    /// <summary>Lowercase name in paths, such as crontabs; with the group it also makes up the definition's own name.</summary>
    [Field("plural", 1, Required = true)]
    public string Plural { get; set; } = "";

    /// <summary>Lowercase name for one object; the kind in lowercase when absent.</summary>
    [Field("singular", 2)]
    public string? Singular { get; set; }

    /// <summary>Lowercase abbreviations for commands, such as ct; must not clash with other names of the group.</summary>
    [Field("shortNames", 3, ListType = "atomic")]
    public List<string>? ShortNames { get; set; }

    /// <summary>Kind that objects carry, in CamelCase and singular, such as CronTab.</summary>
    [Field("kind", 4, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>Kind of lists of the objects; the kind with List appended when absent.</summary>
    [Field("listKind", 5)]
    public string? ListKind { get; set; }

    /// <summary>Collective names the resource also answers to in commands, such as all.</summary>
    [Field("categories", 6, ListType = "atomic")]
    public List<string>? Categories { get; set; }
}
