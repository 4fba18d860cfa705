namespace Sampan.ApiServer.Watch;

/// <summary>All objects of a resource as of one revision. It stays as it is, however long it is held.</summary>
internal sealed class CacheSnapshot(string keyPrefix, SortedTree<CachedObject> tree, long revision)
{
    public SortedTree<CachedObject> Tree => tree;

    public long Revision => revision;

    public int Count => tree.Count;

    /// <summary>
    /// The objects of a namespace (null or empty: of all) in key order. <paramref name="from"/> is the key to start at (inclusive),
    /// relative to the resource: "default/web", or "web" for a cluster-scoped kind.
    /// </summary>
    public TreeRange<CachedObject> Items(string? ns = null, string? from = null) =>
        tree.Range(Prefix(ns), from is null ? null : keyPrefix + from);

    /// <summary>The object of a key relative to the resource.</summary>
    public CachedObject? Find(string key) => tree.Find(keyPrefix + key);

    /// <summary>How many objects <see cref="Items"/> gives, without walking them.</summary>
    public int CountItems(string? ns = null, string? from = null) =>
        tree.CountRange(Prefix(ns), from is null ? null : keyPrefix + from);

    /// <summary>The key of an object relative to the resource, as <see cref="Items"/> takes it.</summary>
    public string RelativeKey(CachedObject item) => item.Key[keyPrefix.Length..];

    private string Prefix(string? ns) => string.IsNullOrEmpty(ns) ? keyPrefix : $"{keyPrefix}{ns}/";
}
