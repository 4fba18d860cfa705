namespace Sampan.Store.Embedded;

/// <summary>
/// The newest batches in memory, one per revision without gaps, and those who wait for more. The writer publishes;
/// anyone reads.
/// </summary>
internal sealed class EventLog(long revision, int capacity)
{
    private const int ReadAtMost = 256;
    private const long MaxBytes = 8 << 20;

    private readonly Lock _gate = new();
    private readonly StoreBatch[] _ring = new StoreBatch[capacity];
    private long _revision = revision;
    private long _first = revision + 1;
    private long _bytes;
    private TaskCompletionSource _next = NewSignal();
    private Observation[] _observers = [];
    private StoreException? _end;

    public long Revision => Volatile.Read(ref _revision);

    /// <summary>Appends batches and tells the observers. Called by the writer only, after the batches are on disk.</summary>
    public void Publish(IReadOnlyList<StoreBatch> batches)
    {
        if (batches.Count == 0)
        {
            return;
        }

        Observation[] observers;
        TaskCompletionSource signal;
        lock (_gate)
        {
            foreach (var batch in batches)
            {
                Append(batch);
            }

            Volatile.Write(ref _revision, batches[^1].Revision);
            observers = _observers;
            (signal, _next) = (_next, NewSignal());
        }

        foreach (var observer in observers)
        {
            observer.Deliver(batches);
        }

        signal.SetResult();
    }

    /// <summary>Completes at the next publication, or fails when the store ends.</summary>
    public Task NextPublication()
    {
        lock (_gate)
        {
            return _end is null ? _next.Task : Task.FromException(_end);
        }
    }

    /// <summary>The batches from a revision on, some at most. False when they are no longer in memory.</summary>
    public bool TryRead(long from, out StoreBatch[] batches)
    {
        lock (_gate)
        {
            batches = [];
            if (from < _first)
            {
                return false;
            }

            var count = (int)Math.Clamp(_revision - from + 1, 0, ReadAtMost);
            if (count > 0)
            {
                batches = new StoreBatch[count];
                for (var i = 0; i < count; i++)
                {
                    batches[i] = _ring[(from + i) % capacity];
                }
            }

            return true;
        }
    }

    public StoreSubscription Subscribe(string prefix, IStoreObserver observer)
    {
        var observation = new Observation(prefix, observer);
        lock (_gate)
        {
            if (_end is not null)
            {
                throw _end;
            }

            _observers = [.. _observers, observation];
            return new StoreSubscription(_revision, () => Remove(observation));
        }
    }

    /// <summary>Tells everyone who waits that nothing more will come.</summary>
    public void End(StoreException reason)
    {
        Observation[] observers;
        TaskCompletionSource signal;
        lock (_gate)
        {
            if (_end is not null)
            {
                return;
            }

            _end = reason;
            (observers, _observers) = (_observers, []);
            signal = _next;
        }

        foreach (var observer in observers)
        {
            observer.Lose(reason);
        }

        signal.SetException(reason);
        _ = signal.Task.Exception;
    }

    /// <summary>Adds the next revision; drops the oldest ones for room and so that the values held stay few.</summary>
    private void Append(StoreBatch batch)
    {
        _bytes += SizeOf(batch);
        while (_first < batch.Revision && (batch.Revision - _first >= capacity || _bytes > MaxBytes))
        {
            ref var oldest = ref _ring[_first++ % capacity];
            _bytes -= SizeOf(oldest);
            oldest = null!;
        }

        _ring[batch.Revision % capacity] = batch;
    }

    private static long SizeOf(StoreBatch batch)
    {
        var size = 0L;
        foreach (var e in batch.Events)
        {
            size += (e.Current?.Value.Length ?? 0) + (e.Previous?.Value.Length ?? 0);
        }

        return size;
    }

    private void Remove(Observation observation)
    {
        observation.Stop();
        lock (_gate)
        {
            _observers = Array.FindAll(_observers, o => o != observation);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
