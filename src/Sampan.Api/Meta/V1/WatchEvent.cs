namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent")]
public sealed partial class WatchEvent : IApiType<WatchEvent>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("object", 2, Required = true)]
    public RawExtension Object { get; set; }
}
