namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ShardInfo")]
public sealed partial class ShardInfo : IApiType<ShardInfo>
{
    [Field("selector", 1, Required = true)]
    public string Selector { get; set; } = "";
}
