namespace Sampan.Api.Meta.V1;

/// <summary>What every list has: its version and where it goes on.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")]
public sealed partial class ListMeta : IApiType<ListMeta>
{
    /// <summary>Always empty: it is no longer filled in.</summary>
    [Field("selfLink", 1)]
    public string? SelfLink { get; set; }

    /// <summary>The state of the store that the list shows; a watch may begin here.</summary>
    [Field("resourceVersion", 2)]
    public string? ResourceVersion { get; set; }

    /// <summary>When set, the list goes on: ask again with this text, unchanged, for the next part.</summary>
    [Field("continue", 3)]
    public string? Continue { get; set; }

    /// <summary>How many objects come after this part; absent when unknown, as with selectors.</summary>
    [Field("remainingItemCount", 4)]
    public long? RemainingItemCount { get; set; }

    /// <summary>Which part of the objects this is, when the client asked for a shard.</summary>
    [Field("shardInfo", 5)]
    public ShardInfo? ShardInfo { get; set; }
}
