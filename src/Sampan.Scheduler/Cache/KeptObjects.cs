namespace Sampan.Scheduler.Cache;

/// <summary>
/// The objects of one kind as the API server has them, or as the scheduler has just decided that they will be: what is
/// assumed counts until a newer version comes.
/// </summary>
public sealed class KeptObjects<T> where T : class, IObject
{
    private readonly Dictionary<ObjectKey, T> _seen = [];
    private readonly Dictionary<ObjectKey, T> _assumed = [];

    /// <summary>Tells the version that counted, and the one that counts from now on.</summary>
    public event Action<T?, T?>? Changed;

    /// <summary>Changes with every object.</summary>
    public long Version { get; private set; }

    public IEnumerable<T> All => _assumed.Count == 0 ? _seen.Values : _seen.Select(pair => _assumed.GetValueOrDefault(pair.Key, pair.Value));

    public T? Find(string name, string? ns = null) => Find(new ObjectKey(ns ?? "", name));

    /// <summary>Takes in a change; false when it is known already.</summary>
    public bool Set(T? old, T? current)
    {
        var key = KeyOf((current ?? old)!);
        var known = _seen.GetValueOrDefault(key);
        if (ReferenceEquals(known, current)) return false;
        Change(key, () =>
        {
            if (current is null) _seen.Remove(key);
            else _seen[key] = current;
            if (known is not null && known.Metadata.ResourceVersion != current?.Metadata.ResourceVersion) _assumed.Remove(key);
        });
        return true;
    }

    /// <summary>Counts the object as it will be. It must be there.</summary>
    public void Assume(T future) => Change(KeyOf(future), () => _assumed[KeyOf(future)] = future);

    /// <summary>Takes back <see cref="Assume"/>.</summary>
    public void Restore(T future)
    {
        if (_assumed.ContainsKey(KeyOf(future))) Change(KeyOf(future), () => _assumed.Remove(KeyOf(future)));
    }

    private T? Find(ObjectKey key) => _seen.TryGetValue(key, out var seen) ? _assumed.GetValueOrDefault(key, seen) : null;

    private void Change(ObjectKey key, Action change)
    {
        var before = Find(key);
        change();
        Version++;
        Changed?.Invoke(before, Find(key));
    }

    private static ObjectKey KeyOf(T obj) => new(obj.Metadata.Namespace ?? "", obj.Metadata.Name!);
}
