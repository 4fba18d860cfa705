namespace Sampan.Api.Meta.V1;

/// <summary>The shard that a list shows.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ShardInfo")]
public sealed partial class ShardInfo : IApiType<ShardInfo>
{
    /// <summary>The selector by which the client asked for the shard.</summary>
    [Field("selector", 1, Required = true)]
    public string Selector { get; set; } = "";
}
