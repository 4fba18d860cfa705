namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for when it wants a table.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableOptions")]
public sealed partial class TableOptions : IApiType<TableOptions>
{
    /// <summary>What of the object comes with each row: None, Metadata (the default) or Object.</summary>
    [Field("includeObject", 1)]
    public string? IncludeObject { get; set; }
}
