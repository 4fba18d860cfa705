namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames")]
public sealed partial class CustomResourceDefinitionNames : IApiType<CustomResourceDefinitionNames>
{
    [Field("plural", 1, Required = true)]
    public string Plural { get; set; } = "";

    [Field("singular", 2)]
    public string? Singular { get; set; }

    [Field("shortNames", 3, ListType = "atomic")]
    public List<string>? ShortNames { get; set; }

    [Field("kind", 4, Required = true)]
    public string Kind { get; set; } = "";

    [Field("listKind", 5)]
    public string? ListKind { get; set; }

    [Field("categories", 6, ListType = "atomic")]
    public List<string>? Categories { get; set; }
}
