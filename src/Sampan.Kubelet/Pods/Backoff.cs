using System.Collections.Concurrent;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Waiting times that double from one failure to the next, per key. A key that has been quiet for twice the longest wait
/// starts anew: <c>10 s, 20 s, 40 s, 80 s, 160 s, 300 s, 300 s, … (10 minutes without failure) … 10 s</c>.
/// </summary>
internal sealed class Backoff(TimeSpan initial, TimeSpan max, TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>
    /// The wait in force for a failure at this time; null when the next attempt may be made, also when the clock was set back
    /// since the failure, so that nobody knows how long ago it was.
    /// </summary>
    public TimeSpan? Remaining(string key, DateTimeOffset failedAt)
    {
        if (!_entries.TryGetValue(key, out var entry) || IsStale(entry, failedAt))
        {
            return null;
        }

        var left = entry.Wait - (time.GetUtcNow() - failedAt);
        return left > TimeSpan.Zero && left <= entry.Wait ? left : null;
    }

    /// <summary>The wait in force since the last attempt that was noted; null when there is none.</summary>
    public TimeSpan? RemainingSinceUpdate(string key) =>
        _entries.TryGetValue(key, out var entry) && entry.Wait - (time.GetUtcNow() - entry.Since) is var left && left > TimeSpan.Zero && left <= entry.Wait ? left : null;

    /// <summary>The whole wait of the key, as messages state it.</summary>
    public TimeSpan Get(string key) => _entries.TryGetValue(key, out var entry) ? entry.Wait : TimeSpan.Zero;

    /// <summary>Notes an attempt after a failure at this time, so that the next failure waits longer.</summary>
    public void Next(string key, DateTimeOffset failedAt)
    {
        var now = time.GetUtcNow();
        _entries.AddOrUpdate(
            key,
            _ => new Entry(initial, now),
            (_, entry) => new Entry(IsStale(entry, failedAt) ? initial : Min(entry.Wait * 2), now));
    }

    public void Forget(string prefix)
    {
        foreach (var key in _entries.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)))
        {
            _entries.TryRemove(key, out _);
        }
    }

    private bool IsStale(Entry entry, DateTimeOffset failedAt) => failedAt - entry.Since > max * 2;

    private TimeSpan Min(TimeSpan wait) => wait < max ? wait : max;

    private readonly record struct Entry(TimeSpan Wait, DateTimeOffset Since);
}
