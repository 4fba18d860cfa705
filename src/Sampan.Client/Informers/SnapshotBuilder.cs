using System.Collections.Immutable;

namespace Sampan.Client.Informers;

/// <summary>Makes the next snapshot from the last one and keeps its indexes in step.</summary>
internal sealed class SnapshotBuilder<T>
    where T : class
{
    private static readonly ImmutableDictionary<ObjectKey, T> None = ImmutableDictionary<ObjectKey, T>.Empty;
    private readonly Dictionary<string, Func<T, IEnumerable<string>>> _functions = [];

    public InformerSnapshot<T> AddIndex(InformerSnapshot<T> snapshot, string name, Func<T, IEnumerable<string>> values)
    {
        if (!_functions.TryAdd(name, values)) return snapshot;
        var index = Build(snapshot.Namespaces.Values.SelectMany(objects => objects), values);
        return new(snapshot.Namespaces, snapshot.Count, snapshot.Indexes.SetItem(name, index), snapshot.ResourceVersion);
    }

    public InformerSnapshot<T> Replace(IReadOnlyList<KeyValuePair<ObjectKey, T>> items, string resourceVersion)
    {
        var namespaces = items.GroupBy(item => item.Key.Namespace).ToImmutableDictionary(group => group.Key, group => None.SetItems(group));
        var indexes = _functions.ToImmutableDictionary(f => f.Key, f => Build(items, f.Value));
        return new(namespaces, namespaces.Values.Sum(objects => objects.Count), indexes, resourceVersion);
    }

    /// <summary>Puts (or, for null, removes) one object.</summary>
    public InformerSnapshot<T> Set(InformerSnapshot<T> snapshot, ObjectKey key, T? old, T? current, string resourceVersion)
    {
        var indexes = snapshot.Indexes;
        foreach (var (name, function) in _functions)
            indexes = indexes.SetItem(name, Move(indexes[name], key, old, current, function));
        var count = snapshot.Count + (current is null ? 0 : 1) - (old is null ? 0 : 1);
        return new(Put(snapshot.Namespaces, key.Namespace, key, current), count, indexes, resourceVersion);
    }

    public static InformerSnapshot<T> At(InformerSnapshot<T> snapshot, string resourceVersion) =>
        new(snapshot.Namespaces, snapshot.Count, snapshot.Indexes, resourceVersion);

    private static ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> Put(
        ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> groups, string group, ObjectKey key, T? current)
    {
        var entries = groups.GetValueOrDefault(group, None);
        entries = current is null ? entries.Remove(key) : entries.SetItem(key, current);
        return entries.IsEmpty ? groups.Remove(group) : groups.SetItem(group, entries);
    }

    private static ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> Move(
        ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> index,
        ObjectKey key,
        T? old,
        T? current,
        Func<T, IEnumerable<string>> function)
    {
        var now = current is null ? [] : function(current).ToHashSet();
        foreach (var value in old is null ? [] : function(old))
        {
            if (!now.Contains(value)) index = Put(index, value, key, null);
        }

        foreach (var value in now) index = Put(index, value, key, current);
        return index;
    }

    private static ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> Build(
        IEnumerable<KeyValuePair<ObjectKey, T>> items, Func<T, IEnumerable<string>> function)
    {
        var builders = new Dictionary<string, ImmutableDictionary<ObjectKey, T>.Builder>();
        foreach (var (key, item) in items)
        {
            foreach (var value in function(item))
            {
                if (!builders.TryGetValue(value, out var builder)) builders[value] = builder = None.ToBuilder();
                builder[key] = item;
            }
        }

        return builders.ToImmutableDictionary(b => b.Key, b => b.Value.ToImmutable());
    }
}
