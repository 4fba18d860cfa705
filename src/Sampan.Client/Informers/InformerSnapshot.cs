using System.Collections.Immutable;

namespace Sampan.Client.Informers;

/// <summary>
/// All objects at one revision, by namespace and by further indexes. Never changes: a reader may keep it.
/// <code>
/// namespaces            "kube-system" → { kube-system/dns-1, kube-system/dns-2 }
/// indexes     "node" →  "worker-1"    → { default/web-0, kube-system/dns-1 }
/// </code>
/// </summary>
public sealed class InformerSnapshot<T>
    where T : class
{
    internal static readonly ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> NoGroups =
        ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>.Empty;

    internal static readonly InformerSnapshot<T> Empty =
        new(NoGroups, 0, ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>>.Empty, "");

    internal InformerSnapshot(
        ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> namespaces,
        int count,
        ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>> indexes,
        string resourceVersion)
    {
        Namespaces = namespaces;
        Count = count;
        Indexes = indexes;
        ResourceVersion = resourceVersion;
    }

    public int Count { get; }

    public IEnumerable<T> Items => Namespaces.Values.SelectMany(objects => objects.Values);

    public string ResourceVersion { get; }

    /// <summary>The objects by namespace; those of no namespace are under "".</summary>
    internal ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> Namespaces { get; }

    internal ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>>> Indexes { get; }

    public T? Get(ObjectKey key) => Namespaces.TryGetValue(key.Namespace, out var objects) ? objects.GetValueOrDefault(key) : null;

    public IEnumerable<T> In(string ns) => Namespaces.TryGetValue(ns, out var objects) ? objects.Values : [];

    public IEnumerable<T> ByIndex(string index, string value) =>
        Indexes.TryGetValue(index, out var values)
            ? values.TryGetValue(value, out var objects) ? objects.Values : []
            : throw new ArgumentException($"no index named {index}", nameof(index));
}
