namespace Sampan.Store.Embedded;

/// <summary>
/// Keeps the history bounded: remembers which revision was newest at each tick and compacts to those that have become old.
/// Without new revisions it does nothing.
/// </summary>
internal sealed class Compactor : IDisposable
{
    private const int TicksPerHistory = 5;

    private readonly Queue<(long Timestamp, long Revision)> _samples = [];
    private readonly TimeProvider _time;
    private readonly TimeSpan _history;
    private readonly EventLog _log;
    private readonly Func<long, Task> _compact;
    private readonly ITimer _timer;
    private long _sampled;

    public Compactor(TimeProvider time, TimeSpan history, EventLog log, Func<long, Task> compact)
    {
        (_time, _history, _log, _compact) = (time, history, log, compact);
        Sample();
        var period = history / TicksPerHistory;
        _timer = time.CreateTimer(_ => Tick(), null, period, period);
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        var revision = _log.Revision;
        if (revision != _sampled)
        {
            _sampled = revision;
            _samples.Enqueue((_time.GetTimestamp(), revision));
        }
    }

    private void Tick()
    {
        var target = 0L;
        lock (_samples)
        {
            Sample();
            while (_samples.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Timestamp) >= _history)
            {
                target = _samples.Dequeue().Revision;
            }
        }

        if (target > 1)
        {
            _ = CompactAsync(target);
        }
    }

    private async Task CompactAsync(long revision)
    {
        try
        {
            await _compact(revision);
        }
        catch (StoreException)
        {
            // Closed, full or failed: writers are told of it, and the next tick tries again.
        }
    }
}
