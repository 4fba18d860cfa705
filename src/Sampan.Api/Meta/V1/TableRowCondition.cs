namespace Sampan.Api.Meta.V1;

/// <summary>A mark on a row, such as Completed.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRowCondition")]
public sealed partial class TableRowCondition : IApiType<TableRowCondition>
{
    [Field("type", 0, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 0, Required = true)]
    public string Status { get; set; } = "";

    [Field("reason", 0)]
    public string? Reason { get; set; }

    [Field("message", 0)]
    public string? Message { get; set; }
}
