using System.Collections.Immutable;

namespace Sampan.Client.Informers;

/// <summary>Makes the next snapshot from the last one and keeps its indexes in step.</summary>
internal sealed class SnapshotBuilder
{
    private static readonly ImmutableDictionary<ObjectKey, object> None = ImmutableDictionary<ObjectKey, object>.Empty;
    private readonly Dictionary<string, Func<object, IEnumerable<string>>> _functions = [];

    public ObjectSnapshot AddIndex(ObjectSnapshot snapshot, string name, Func<object, IEnumerable<string>> values)
    {
        if (!_functions.TryAdd(name, values)) return snapshot;
        return snapshot with { Indexes = snapshot.Indexes.SetItem(name, Build(snapshot.Entries, values)) };
    }

    public ObjectSnapshot Replace(IReadOnlyList<KeyValuePair<ObjectKey, object>> items, string resourceVersion)
    {
        var namespaces = items.GroupBy(item => item.Key.Namespace).ToImmutableDictionary(group => group.Key, group => None.SetItems(group));
        var indexes = _functions.ToImmutableDictionary(f => f.Key, f => Build(items, f.Value));
        return new(namespaces, namespaces.Values.Sum(objects => objects.Count), indexes, resourceVersion);
    }

    /// <summary>Puts (or, for null, removes) one object.</summary>
    public ObjectSnapshot Set(ObjectSnapshot snapshot, ObjectKey key, object? old, object? current, string resourceVersion)
    {
        var indexes = snapshot.Indexes;
        foreach (var (name, function) in _functions)
            indexes = indexes.SetItem(name, Move(indexes[name], key, old, current, function));
        var count = snapshot.Count + (current is null ? 0 : 1) - (old is null ? 0 : 1);
        return new(Put(snapshot.Namespaces, key.Namespace, key, current), count, indexes, resourceVersion);
    }

    private static ObjectGroups Put(ObjectGroups groups, string group, ObjectKey key, object? current)
    {
        var entries = groups.GetValueOrDefault(group, None);
        entries = current is null ? entries.Remove(key) : entries.SetItem(key, current);
        return entries.IsEmpty ? groups.Remove(group) : groups.SetItem(group, entries);
    }

    private static ObjectGroups Move(ObjectGroups index, ObjectKey key, object? old, object? current, Func<object, IEnumerable<string>> function)
    {
        var now = current is null ? [] : function(current).ToHashSet();
        foreach (var value in old is null ? [] : function(old))
        {
            if (!now.Contains(value)) index = Put(index, value, key, null);
        }

        foreach (var value in now) index = Put(index, value, key, current);
        return index;
    }

    private static ObjectGroups Build(IEnumerable<KeyValuePair<ObjectKey, object>> items, Func<object, IEnumerable<string>> function)
    {
        var builders = new Dictionary<string, ImmutableDictionary<ObjectKey, object>.Builder>();
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
