using Sampan.Client.Metrics;

namespace Sampan.Client.Queues;

/// <summary>
/// Keys that wait to be worked on. A key is queued once however often it is added, and is never worked on twice at a time:
/// added while it is being processed, it comes again after <see cref="Done"/>.
/// <code>
///   Add ──▶ queued ──GetAsync──▶ processing ──Done──▶ (gone, or queued again if added meanwhile)
///   AddAfter / AddRateLimited ──time──▶ Add
/// </code>
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Queue<TKey> _queue = new();
    private readonly Dictionary<TKey, long> _dirty = [];
    private readonly Dictionary<TKey, long> _processing = [];
    private readonly Queue<TaskCompletionSource<TKey>> _takers = new();
    private readonly DelayedKeys<TKey> _delayed;
    private readonly FailureBackoff<TKey> _failures;
    private readonly QueueMetrics? _metrics;
    private readonly TimeProvider _time;
    private bool _closed;

    public WorkQueue(TimeProvider time, TimeSpan? baseDelay = null, TimeSpan? maxDelay = null, QueueMetrics? metrics = null)
    {
        _time = time;
        _metrics = metrics;
        _failures = new FailureBackoff<TKey>(baseDelay ?? TimeSpan.FromMilliseconds(5), maxDelay ?? TimeSpan.FromSeconds(1000));
        _delayed = new DelayedKeys<TKey>(time, Add);
        metrics?.Attach(() => Depth, LongestRunning, TotalRunning);
    }

    /// <summary>True when the key was added while it is being worked on.</summary>
    public bool IsAwaited(TKey key)
    {
        lock (_lock) return _dirty.ContainsKey(key) && _processing.ContainsKey(key);
    }

    /// <summary>Keys that are ready and wait for a worker.</summary>
    public int Depth
    {
        get
        {
            lock (_lock) return _queue.Count;
        }
    }

    /// <summary>True when nothing is queued and nothing is being processed; keys may still be delayed.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock) return _queue.Count == 0 && _processing.Count == 0;
        }
    }

    public void Add(TKey key)
    {
        lock (_lock)
        {
            if (_closed || !_dirty.TryAdd(key, _time.GetTimestamp())) return;
            _metrics?.Adds.Increment();
            if (!_processing.ContainsKey(key)) Offer(key);
        }
    }

    /// <summary>Adds the key once the delay has passed; the earliest of several delays counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) Add(key);
        else _delayed.Add(key, delay);
    }

    /// <summary>Adds the key after a pause that doubles with each call until <see cref="Forget"/>.</summary>
    public void AddRateLimited(TKey key)
    {
        _metrics?.Retries.Increment();
        AddAfter(key, _failures.Next(key));
    }

    /// <summary>Ends the key's back-off.</summary>
    public void Forget(TKey key) => _failures.Forget(key);

    /// <summary>How often <see cref="AddRateLimited"/> was called since the last <see cref="Forget"/>.</summary>
    public int Failures(TKey key) => _failures.Count(key);

    /// <summary>The next key; the caller ends its turn with <see cref="Done"/>. Throws when the queue is closed.</summary>
    public async ValueTask<TKey> GetAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<TKey> taker;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_queue.TryDequeue(out var key))
            {
                Begin(key);
                return key;
            }

            taker = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _takers.Enqueue(taker);
        }

        await using var registration = cancellationToken.Register(() => taker.TrySetCanceled(cancellationToken));
        return await taker.Task;
    }

    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (_processing.Remove(key, out var since)) _metrics?.WorkDuration.Observe(_time.GetElapsedTime(since).TotalSeconds);
            if (_dirty.ContainsKey(key) && !_closed) Offer(key);
        }
    }

    public void Dispose()
    {
        _delayed.Dispose();
        lock (_lock)
        {
            _closed = true;
            while (_takers.TryDequeue(out var taker)) taker.TrySetException(new ObjectDisposedException(nameof(WorkQueue<>)));
        }
    }

    /// <summary>Hands the key to a waiting worker, or queues it.</summary>
    private void Offer(TKey key)
    {
        while (_takers.TryDequeue(out var taker))
        {
            if (taker.Task.IsCompleted) continue;
            Begin(key);
            if (taker.TrySetResult(key)) return;
            Undo(key);
        }

        _queue.Enqueue(key);
    }

    private void Begin(TKey key)
    {
        var now = _time.GetTimestamp();
        if (_dirty.Remove(key, out var queuedAt)) _metrics?.QueueDuration.Observe(_time.GetElapsedTime(queuedAt, now).TotalSeconds);
        _processing[key] = now;
    }

    private void Undo(TKey key)
    {
        _processing.Remove(key, out var since);
        _dirty[key] = since;
    }

    private double LongestRunning()
    {
        lock (_lock) return _processing.Count == 0 ? 0 : _time.GetElapsedTime(_processing.Values.Min()).TotalSeconds;
    }

    private double TotalRunning()
    {
        lock (_lock) return _processing.Values.Sum(since => _time.GetElapsedTime(since).TotalSeconds);
    }
}
