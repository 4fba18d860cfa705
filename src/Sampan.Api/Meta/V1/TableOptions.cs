namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableOptions")]
public sealed partial class TableOptions : IApiType<TableOptions>
{
    [Field("includeObject", 1)]
    public string? IncludeObject { get; set; }
}
