namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition")]
public sealed partial class CustomResourceColumnDefinition : IApiType<CustomResourceColumnDefinition>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("type", 2, Required = true)]
    public string Type { get; set; } = "";

    [Field("format", 3)]
    public string? Format { get; set; }

    [Field("description", 4)]
    public string? Description { get; set; }

    [Field("priority", 5)]
    public int Priority { get; set; }

    [Field("jsonPath", 6, Required = true)]
    public string JsonPath { get; set; } = "";
}
