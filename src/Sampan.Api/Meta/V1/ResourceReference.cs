namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionResource")]
public sealed partial class ResourceReference : IApiType<ResourceReference>
{
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    [Field("version", 2, Required = true)]
    public string Version { get; set; } = "";

    [Field("resource", 3, Required = true)]
    public string Resource { get; set; } = "";
}
