namespace Sampan.Client.Queues;

/// <summary>Keys with a due time, released by one timer. A key has one due time: the earliest asked for.</summary>
internal sealed class DelayedKeys<TKey> : IDisposable
    where TKey : notnull
{
    /// <summary>Timers cannot be set much further ahead than this: one for a later key fires early, and is set again.</summary>
    private static readonly TimeSpan FurthestTimer = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, DateTimeOffset> _due = [];
    private readonly PriorityQueue<TKey, DateTimeOffset> _order = new();
    private readonly TimeProvider _time;
    private readonly Action<TKey> _release;
    private readonly ITimer _timer;

    public DelayedKeys(TimeProvider time, Action<TKey> release)
    {
        _time = time;
        _release = release;
        _timer = time.CreateTimer(_ => ReleaseDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(TKey key, TimeSpan delay)
    {
        var now = _time.GetUtcNow();
        var due = delay < DateTimeOffset.MaxValue - now ? now + delay : DateTimeOffset.MaxValue;
        lock (_lock)
        {
            if (_due.TryGetValue(key, out var known) && known <= due) return;
            _due[key] = due;
            _order.Enqueue(key, due);
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void ReleaseDue()
    {
        var ready = new List<TKey>();
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            while (_order.TryPeek(out var key, out var due) && due <= now)
            {
                _order.Dequeue();
                if (!_due.TryGetValue(key, out var current) || current != due) continue;
                _due.Remove(key);
                ready.Add(key);
            }

            Arm();
        }

        foreach (var key in ready) _release(key);
    }

    private void Arm()
    {
        if (!_order.TryPeek(out _, out var due)) return;
        var wait = due - _time.GetUtcNow();
        if (wait > FurthestTimer) wait = FurthestTimer;
        // Timers are exact to the millisecond: round up, so that a timer never fires before the key is due.
        _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }
}
