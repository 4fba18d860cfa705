namespace Sampan.Api.Meta.V1;

/// <summary>One row of a <see cref="Table"/>: a cell per column, and the object or its metadata when asked for.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRow")]
public sealed partial class TableRow : IApiType<TableRow>
{
    [Field("cells", 0, Required = true)]
    public List<JSON> Cells { get; set; } = [];

    [Field("conditions", 0)]
    public List<TableRowCondition>? Conditions { get; set; }

    [Field("object", 0)]
    public RawExtension Object { get; set; }
}
