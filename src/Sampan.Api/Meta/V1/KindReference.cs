namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind")]
public sealed partial class KindReference : IApiType<KindReference>
{
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    [Field("version", 2, Required = true)]
    public string Version { get; set; } = "";

    [Field("kind", 3, Required = true)]
    public string Kind { get; set; } = "";
}
