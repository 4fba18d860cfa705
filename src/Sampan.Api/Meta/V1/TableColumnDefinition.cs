namespace Sampan.Api.Meta.V1;

/// <summary>One column of a <see cref="Table"/>; priority 0 is always shown.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableColumnDefinition")]
public sealed partial class TableColumnDefinition : IApiType<TableColumnDefinition>
{
    /// <summary>The column's title.</summary>
    [Field("name", 0, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The OpenAPI type of its cells, such as string, integer or number.</summary>
    [Field("type", 0, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>The OpenAPI format of its cells; name marks the column that identifies the object.</summary>
    [Field("format", 0, Required = true)]
    public string Format { get; set; } = "";

    /// <summary>What the column shows.</summary>
    [Field("description", 0, Required = true)]
    public string Description { get; set; } = "";

    /// <summary>0 for columns that are always shown; higher ones only where there is room, as with -o wide.</summary>
    [Field("priority", 0, Required = true)]
    public int Priority { get; set; }
}
