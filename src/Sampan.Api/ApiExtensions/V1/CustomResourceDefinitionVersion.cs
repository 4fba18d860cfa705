namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion")]
public sealed partial class CustomResourceDefinitionVersion : IApiType<CustomResourceDefinitionVersion>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("served", 2, Required = true)]
    public bool Served { get; set; }

    [Field("storage", 3, Required = true)]
    public bool Storage { get; set; }

    [Field("schema", 4)]
    public CustomResourceValidation? Schema { get; set; }

    [Field("subresources", 5)]
    public CustomResourceSubresources? Subresources { get; set; }

    [Field("additionalPrinterColumns", 6, ListType = "atomic")]
    public List<CustomResourceColumnDefinition>? AdditionalPrinterColumns { get; set; }

    [Field("deprecated", 7)]
    public bool Deprecated { get; set; }

    [Field("deprecationWarning", 8, Pointer = true)]
    public string? DeprecationWarning { get; set; }

    [Field("selectableFields", 9, ListType = "atomic")]
    public List<SelectableField>? SelectableFields { get; set; }
}
