namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GetOptions")]
[Kind("", "v1")]
public sealed partial class GetOptions : ITyped<GetOptions>
{
    [Field("resourceVersion", 1)]
    public string? ResourceVersion { get; set; }
}
