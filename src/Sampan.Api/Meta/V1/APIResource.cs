namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIResource")]
public sealed partial class APIResource : IApiType<APIResource>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("namespaced", 2, Required = true)]
    public bool Namespaced { get; set; }

    [Field("kind", 3, Required = true)]
    public string Kind { get; set; } = "";

    [Field("verbs", 4, Required = true, Wrapped = true)]
    public List<string> Verbs { get; set; } = [];

    [Field("shortNames", 5, ListType = "atomic")]
    public List<string>? ShortNames { get; set; }

    [Field("singularName", 6, Required = true)]
    public string SingularName { get; set; } = "";

    [Field("categories", 7, ListType = "atomic")]
    public List<string>? Categories { get; set; }

    [Field("group", 8)]
    public string? Group { get; set; }

    [Field("version", 9)]
    public string? Version { get; set; }

    [Field("storageVersionHash", 10)]
    public string? StorageVersionHash { get; set; }
}
