using System.Collections.Concurrent;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>
/// A cache of at most twice its capacity: when the young generation is full it becomes the old one, and the old one goes.
/// What is used moves back to the young generation, so that only entries without use fall out.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();

    public int Count => _young.Count + _old.Count;

    public TValue? Find(TKey key)
    {
        if (_young.TryGetValue(key, out var value))
            return value;
        if (!_old.TryRemove(key, out value))
            return null;
        Add(key, value);
        return value;
    }

    public void Add(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_young.Count >= capacity)
            {
                _old = _young;
                _young = new ConcurrentDictionary<TKey, TValue>();
            }

            _young[key] = value;
        }
    }
}
