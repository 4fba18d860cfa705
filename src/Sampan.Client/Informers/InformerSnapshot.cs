using System.Collections.Immutable;

namespace Sampan.Client.Informers;

/// <summary>
/// All objects at one revision, with indexes. Never changes: a reader may keep it.
/// <code>
/// Indexes: "namespace" → "kube-system" → { kube-system/dns-1, kube-system/dns-2 }
///          "node"      → "worker-1"    → { default/web-0, kube-system/dns-1 }
/// </code>
/// </summary>
public sealed class InformerSnapshot<T>
    where T : class
{
    private static readonly ImmutableDictionary<ObjectKey, T> NoItems = ImmutableDictionary<ObjectKey, T>.Empty;

    internal static readonly InformerSnapshot<T> Empty =
        new(NoItems, ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>>.Empty, "");

    internal InformerSnapshot(
        ImmutableDictionary<ObjectKey, T> items,
        ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>> indexes,
        string resourceVersion)
    {
        Items = items;
        Indexes = indexes;
        ResourceVersion = resourceVersion;
    }

    public ImmutableDictionary<ObjectKey, T> Items { get; }

    public string ResourceVersion { get; }

    internal ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>> Indexes { get; }

    public T? Get(ObjectKey key) => Items.GetValueOrDefault(key);

    public IEnumerable<T> ByIndex(string index, string value) =>
        Indexes.TryGetValue(index, out var values)
            ? values.GetValueOrDefault(value, NoItems).Values
            : throw new ArgumentException($"no index named {index}", nameof(index));
}
