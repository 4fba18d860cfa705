namespace Sampan.Api.Meta.V1;

/// <summary>What every list has: its version and where it goes on.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")]
public sealed partial class ListMeta : IApiType<ListMeta>
{
    [Field("selfLink", 1)]
    public string? SelfLink { get; set; }

    [Field("resourceVersion", 2)]
    public string? ResourceVersion { get; set; }

    [Field("continue", 3)]
    public string? Continue { get; set; }

    [Field("remainingItemCount", 4)]
    public long? RemainingItemCount { get; set; }

    [Field("shardInfo", 5)]
    public ShardInfo? ShardInfo { get; set; }
}
