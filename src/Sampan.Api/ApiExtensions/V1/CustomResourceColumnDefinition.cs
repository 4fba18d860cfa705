namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A column that tables of the custom resource show.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition")]
public sealed partial class CustomResourceColumnDefinition : IApiType<CustomResourceColumnDefinition>
{
    /// <summary>Heading of the column, such as Replicas.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Type of the values: integer, number, string, boolean or date.</summary>
    [Field("type", 2, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Display style for the type: int32, int64, float, double, byte, date, date-time or password.</summary>
    [Field("format", 3)]
    public string? Format { get; set; }

    /// <summary>What the column shows, for people.</summary>
    [Field("description", 4)]
    public string? Description { get; set; }

    /// <summary>0 shows the column in the normal view; a higher number only in the wide one.</summary>
    [Field("priority", 5)]
    public int Priority { get; set; }

    /// <summary>Where in the object the value is taken from, such as .spec.replicas.</summary>
    [Field("jsonPath", 6, Required = true)]
    public string JsonPath { get; set; } = "";
}
