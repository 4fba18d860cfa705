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
        return new(snapshot.Items, snapshot.Indexes.SetItem(name, Build(snapshot.Items, values)), snapshot.ResourceVersion);
    }

    public InformerSnapshot<T> Replace(IEnumerable<KeyValuePair<ObjectKey, T>> items, string resourceVersion)
    {
        var all = ImmutableDictionary.CreateRange(items);
        var indexes = _functions.ToImmutableDictionary(f => f.Key, f => Build(all, f.Value));
        return new(all, indexes, resourceVersion);
    }

    /// <summary>Puts (or, for null, removes) one object.</summary>
    public InformerSnapshot<T> Set(InformerSnapshot<T> snapshot, ObjectKey key, T? old, T? current, string resourceVersion)
    {
        var items = current is null ? snapshot.Items.Remove(key) : snapshot.Items.SetItem(key, current);
        var indexes = snapshot.Indexes;
        foreach (var (name, function) in _functions)
            indexes = indexes.SetItem(name, Move(indexes[name], key, old, current, function));
        return new(items, indexes, resourceVersion);
    }

    public static InformerSnapshot<T> At(InformerSnapshot<T> snapshot, string resourceVersion) =>
        new(snapshot.Items, snapshot.Indexes, resourceVersion);

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
            if (now.Contains(value) || !index.TryGetValue(value, out var entries)) continue;
            entries = entries.Remove(key);
            index = entries.IsEmpty ? index.Remove(value) : index.SetItem(value, entries);
        }

        foreach (var value in now)
            index = index.SetItem(value, index.GetValueOrDefault(value, None).SetItem(key, current!));
        return index;
    }

    private static ImmutableDictionary<string, ImmutableDictionary<ObjectKey, T>> Build(
        ImmutableDictionary<ObjectKey, T> items, Func<T, IEnumerable<string>> function)
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
