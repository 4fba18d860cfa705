namespace Sampan.Api.Meta.V1;

/// <summary>Objects as the server prints them: columns and rows.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Table")]
[Kind("meta.k8s.io", "v1")]
public sealed partial class Table : ITyped<Table>
{
    [Field("metadata", 0)]
    public ListMeta Metadata { get; set; } = new();

    /// <summary>The columns, in the order of the cells.</summary>
    [Field("columnDefinitions", 0, Required = true)]
    public List<TableColumnDefinition> ColumnDefinitions { get; set; } = [];

    /// <summary>One row for each object.</summary>
    [Field("rows", 0, Required = true)]
    public List<TableRow> Rows { get; set; } = [];
}
