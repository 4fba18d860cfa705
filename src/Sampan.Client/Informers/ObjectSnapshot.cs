using System.Collections.Immutable;

namespace Sampan.Client.Informers;

/// <summary>
/// What an <see cref="InformerSnapshot{T}"/> shows, without the type of its objects: one set of machine code and of type descriptions
/// serves the informers of all kinds, where each kind would otherwise bring some six hundred types into the program.
/// <code>
/// namespaces            "kube-system" → { kube-system/dns-1, kube-system/dns-2 }
/// indexes     "node" →  "worker-1"    → { default/web-0, kube-system/dns-1 }
/// </code>
/// </summary>
internal sealed record ObjectSnapshot(ObjectGroups Namespaces, int Count, ImmutableDictionary<string, ObjectGroups> Indexes, string ResourceVersion)
{
    public static readonly ObjectSnapshot Empty = new(ObjectGroups.Empty, 0, ImmutableDictionary<string, ObjectGroups>.Empty, "");

    public IEnumerable<KeyValuePair<ObjectKey, object>> Entries => Namespaces.Values.SelectMany(objects => objects);

    public object? Get(ObjectKey key) => Namespaces.TryGetValue(key.Namespace, out var objects) ? objects.GetValueOrDefault(key) : null;

    public IEnumerable<object> In(string ns) => Namespaces.TryGetValue(ns, out var objects) ? objects.Values : [];

    public IEnumerable<object> ByIndex(string index, string value) =>
        Indexes.TryGetValue(index, out var values)
            ? values.TryGetValue(value, out var objects) ? objects.Values : []
            : throw new ArgumentException($"no index named {index}", nameof(index));
}
