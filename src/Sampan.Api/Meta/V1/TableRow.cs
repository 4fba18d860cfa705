namespace Sampan.Api.Meta.V1;

/// <summary>One row of a <see cref="Table"/>: a cell per column, and the object or its metadata when asked for.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRow")]
public sealed partial class TableRow : IApiType<TableRow>
{
    /// <summary>The cells in the order of the columns: numbers, texts, booleans, lists, maps or null.</summary>
    [Field("cells", 0, Required = true)]
    public List<JSON> Cells { get; set; } = [];

    /// <summary>Findings about the row; Completed with True marks an object that has run to its end.</summary>
    [Field("conditions", 0)]
    public List<TableRowCondition>? Conditions { get; set; }

    /// <summary>The object, or its metadata, as the request asked.</summary>
    [Field("object", 0)]
    public RawExtension Object { get; set; }
}
