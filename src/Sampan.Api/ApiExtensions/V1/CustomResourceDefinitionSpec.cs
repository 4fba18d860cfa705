namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec")]
public sealed partial class CustomResourceDefinitionSpec : IApiType<CustomResourceDefinitionSpec>
{
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    [Field("names", 3, Required = true)]
    public CustomResourceDefinitionNames Names { get; set; } = new();

    [Field("scope", 4, Required = true)]
    public string Scope { get; set; } = "";

    [Field("versions", 7, Required = true, ListType = "atomic")]
    public List<CustomResourceDefinitionVersion> Versions { get; set; } = [];

    [Field("conversion", 9)]
    public CustomResourceConversion? Conversion { get; set; }

    [Field("preserveUnknownFields", 10)]
    public bool PreserveUnknownFields { get; set; }
}
