namespace Sampan.Api.Meta.V1;

/// <summary>A mark on a row, such as Completed.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRowCondition")]
public sealed partial class TableRowCondition : IApiType<TableRowCondition>
{
    /// <summary>What the condition is about; Completed is the only one.</summary>
    [Field("type", 0, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field("status", 0, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>Why, as one word for machines.</summary>
    [Field("reason", 0)]
    public string? Reason { get; set; }

    /// <summary>Why, in words for people.</summary>
    [Field("message", 0)]
    public string? Message { get; set; }
}
