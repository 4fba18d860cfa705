namespace Sampan.Scheduler.Cache;

/// <summary>
/// The objects of one kind as the API server has them, or as the scheduler has just decided that they will be: what is
/// assumed counts until a newer version comes.
/// </summary>
public sealed class KeptObjects<T> where T : class, IObject
{
    private readonly Dictionary<ObjectKey, T> _seen = [];
    private readonly Dictionary<ObjectKey, T> _assumed = [];

    /// <summary>Changes with every object.</summary>
    public long Version { get; private set; }

    public IEnumerable<T> All => _assumed.Count == 0 ? _seen.Values : _seen.Select(pair => _assumed.GetValueOrDefault(pair.Key, pair.Value));

    public T? Find(string name, string? ns = null)
    {
        var key = new ObjectKey(ns ?? "", name);
        return _seen.TryGetValue(key, out var seen) ? _assumed.GetValueOrDefault(key, seen) : null;
    }

    /// <summary>Takes in a change; false when it is known already.</summary>
    public bool Set(T? old, T? current)
    {
        var key = KeyOf((current ?? old)!);
        if (current is null)
        {
            _assumed.Remove(key);
            if (!_seen.Remove(key)) return false;
        }
        else
        {
            if (_seen.TryGetValue(key, out var known) && ReferenceEquals(known, current)) return false;
            if (known is not null && known.Metadata.ResourceVersion != current.Metadata.ResourceVersion) _assumed.Remove(key);
            _seen[key] = current;
        }
        Version++;
        return true;
    }

    /// <summary>Counts the object as it will be. It must be there.</summary>
    public void Assume(T future)
    {
        _assumed[KeyOf(future)] = future;
        Version++;
    }

    /// <summary>Takes back <see cref="Assume"/>.</summary>
    public void Restore(T future)
    {
        if (_assumed.Remove(KeyOf(future))) Version++;
    }

    private static ObjectKey KeyOf(T obj) => new(obj.Metadata.Namespace ?? "", obj.Metadata.Name!);
}
