using System.Collections.Concurrent;

namespace Sampan.Client.Access;

/// <summary>Answers that are good for a while. When it is full, what has run out goes, and if nothing has, everything.</summary>
public sealed class TimedCache<TKey, TValue>(TimeProvider time)
    where TKey : notnull
{
    private const int Capacity = 4096;
    private readonly ConcurrentDictionary<TKey, (TValue Value, DateTimeOffset Until)> _entries = new();

    public bool TryGet(TKey key, out TValue value)
    {
        var found = _entries.TryGetValue(key, out var entry) && entry.Until > time.GetUtcNow();
        value = entry.Value;
        return found;
    }

    public void Set(TKey key, TValue value, TimeSpan lifetime)
    {
        if (_entries.Count >= Capacity)
        {
            Trim();
        }

        _entries[key] = (value, time.GetUtcNow() + lifetime);
    }

    private void Trim()
    {
        foreach (var stale in _entries.Where(e => e.Value.Until <= time.GetUtcNow()).Select(e => e.Key).ToList())
        {
            _entries.TryRemove(stale, out _);
        }

        if (_entries.Count >= Capacity)
        {
            _entries.Clear();
        }
    }
}
