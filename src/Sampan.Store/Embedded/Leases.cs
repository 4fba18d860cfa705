namespace Sampan.Store.Embedded;

/// <summary>When each lease ends. After a restart every lease gets its full time again.</summary>
internal sealed class Leases : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Deadline> _deadlines = [];
    private readonly PriorityQueue<long, long> _order = new();
    private readonly TimeProvider _time;
    private readonly Action<long> _expired;
    private readonly ITimer _timer;

    public Leases(TimeProvider time, Action<long> expired)
    {
        (_time, _expired) = (time, expired);
        _timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start(long lease, TimeSpan timeToLive)
    {
        lock (_gate)
        {
            Set(lease, timeToLive);
            Arm();
        }
    }

    public bool Renew(long lease)
    {
        lock (_gate)
        {
            return _deadlines.TryGetValue(lease, out var known) && Set(lease, known.TimeToLive);
        }
    }

    public void Stop(long lease)
    {
        lock (_gate)
        {
            _deadlines.Remove(lease);
        }
    }

    public void Dispose() => _timer.Dispose();

    private bool Set(long lease, TimeSpan timeToLive)
    {
        var at = _time.GetTimestamp() + (long)(timeToLive.TotalSeconds * _time.TimestampFrequency);
        if (!_deadlines.ContainsKey(lease))
        {
            _order.Enqueue(lease, at);
        }

        _deadlines[lease] = new Deadline(timeToLive, at);
        return true;
    }

    /// <summary>Takes the leases that are over; one that was renewed goes back into the order with its new deadline.</summary>
    private void Expire()
    {
        List<long> over = [];
        lock (_gate)
        {
            while (_order.TryPeek(out var lease, out var at) && at <= _time.GetTimestamp())
            {
                _order.Dequeue();
                if (!_deadlines.TryGetValue(lease, out var deadline))
                {
                    continue;
                }

                if (deadline.At > _time.GetTimestamp())
                {
                    _order.Enqueue(lease, deadline.At);
                }
                else
                {
                    _deadlines.Remove(lease);
                    over.Add(lease);
                }
            }

            Arm();
        }

        over.ForEach(_expired);
    }

    private void Arm()
    {
        if (_order.TryPeek(out _, out var at))
        {
            var due = TimeSpan.FromSeconds(Math.Max(0, at - _time.GetTimestamp()) / (double)_time.TimestampFrequency);
            _timer.Change(due + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private readonly record struct Deadline(TimeSpan TimeToLive, long At);
}
