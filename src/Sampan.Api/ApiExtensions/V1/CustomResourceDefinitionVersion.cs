namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A version of a custom resource.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion")]
public sealed partial class CustomResourceDefinitionVersion : IApiType<CustomResourceDefinitionVersion>
{
    /// <summary>Version as it appears in paths, such as v1 or v2beta1; unique in the definition.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Whether clients can use this version.</summary>
    [Field("served", 2, Required = true)]
    public bool Served { get; set; }

    /// <summary>Whether objects are written to the store in this version; true for exactly one.</summary>
    [Field("storage", 3, Required = true)]
    public bool Storage { get; set; }

    /// <summary>Shape of the objects in this version: decides what is valid, defaulted and pruned.</summary>
    [Field("schema", 4)]
    public CustomResourceValidation? Schema { get; set; }

    /// <summary>Whether objects have status and scale endpoints.</summary>
    [Field("subresources", 5)]
    public CustomResourceSubresources? Subresources { get; set; }

    /// <summary>Columns of kubectl get besides the name; only the age when absent.</summary>
    [Field("additionalPrinterColumns", 6, ListType = "atomic")]
    public List<CustomResourceColumnDefinition>? AdditionalPrinterColumns { get; set; }

    /// <summary>Whether clients of this version are warned that it will go away.</summary>
    [Field("deprecated", 7)]
    public bool Deprecated { get; set; }

    /// <summary>Text of that warning instead of the generated one; only with deprecated set to true.</summary>
    [Field("deprecationWarning", 8, Pointer = true)]
    public string? DeprecationWarning { get; set; }

    /// <summary>Up to 8 fields that lists and watches can be filtered by.</summary>
    [Field("selectableFields", 9, ListType = "atomic")]
    public List<SelectableField>? SelectableFields { get; set; }
}
