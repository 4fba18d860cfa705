namespace Sampan.Api.Meta.V1;

/// <summary>One column of a <see cref="Table"/>; priority 0 is always shown.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableColumnDefinition")]
public sealed partial class TableColumnDefinition : IApiType<TableColumnDefinition>
{
    [Field("name", 0, Required = true)]
    public string Name { get; set; } = "";

    [Field("type", 0, Required = true)]
    public string Type { get; set; } = "";

    [Field("format", 0, Required = true)]
    public string Format { get; set; } = "";

    [Field("description", 0, Required = true)]
    public string Description { get; set; } = "";

    [Field("priority", 0, Required = true)]
    public int Priority { get; set; }
}
