namespace Sampan.Client.Queues;

/// <summary>A doubling pause per key, from a first to a longest one.</summary>
internal sealed class FailureBackoff<TKey>(TimeSpan first, TimeSpan longest)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, int> _failures = [];

    public TimeSpan Next(TKey key)
    {
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
            var wait = first.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 60));
            return TimeSpan.FromMilliseconds(Math.Min(wait, longest.TotalMilliseconds));
        }
    }

    public int Count(TKey key)
    {
        lock (_lock) return _failures.GetValueOrDefault(key);
    }

    public void Forget(TKey key)
    {
        lock (_lock) _failures.Remove(key);
    }
}
