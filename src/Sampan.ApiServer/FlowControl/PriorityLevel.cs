using Sampan.Api.FlowControl.V1;

namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// The seats of one priority level and the requests that wait for them. Queues take turns by the work done for each: start-time
/// fair queuing, with an estimate when a request starts that is set right when it ends.
/// </summary>
internal sealed class PriorityLevel(string name, TimeProvider time)
{
    /// <summary>What a request is taken to need until it is known, in seconds.</summary>
    private const double Estimate = 0.003;

    private readonly Lock _lock = new();
    private readonly HashSet<Seat> _seated = [];
    private readonly LevelUse _use = new(time);
    private FairQueue[] _queues = [];
    private FairQueue[] _draining = [];
    private int _handSize;
    private int _queueLength;
    private double _progress;
    private RequestCounts _counts;

    public string Name { get; } = name;

    public string Uid { get; private set; } = "";

    public RefusalBackoff Backoff { get; } = new();

    public bool IsExempt { get; private set; }

    public LevelLimits Limits { get; private set; }

    /// <summary>The seats it has now: nominal, less what is lent, plus what is borrowed.</summary>
    public int Seats { get; private set; }

    public int SeatsInUse { get; private set; }

    public int Executing { get; private set; }

    public int Waiting { get; private set; }

    private int WaitingSeats { get; set; }

    /// <summary>Takes a new configuration; requests that wait go on waiting, also in queues that are no longer dealt.</summary>
    public void Configure(PriorityLevelConfiguration configuration, LevelLimits limits)
    {
        var queuing = configuration.Spec.Limited?.LimitResponse is { Type: "Queue" } response ? response.Queuing ?? new() : null;
        lock (_lock)
        {
            Uid = configuration.Metadata.Uid ?? "";
            IsExempt = configuration.Spec.Type == "Exempt";
            (Limits, Seats) = (limits, limits.Nominal);
            ResizeQueues(queuing is null ? 0 : Positive(queuing.Queues, 64));
            _handSize = Math.Min(Positive(queuing?.HandSize, 8), _queues.Length);
            _queueLength = Positive(queuing?.QueueLengthLimit, 50);
            StartWaiting();
            Changed();
        }
    }

    /// <summary>Lends or borrows.</summary>
    public void SetSeats(int seats)
    {
        lock (_lock)
        {
            Seats = seats;
            StartWaiting();
            Changed();
        }
    }

    /// <summary>The seats that were wanted since the last question.</summary>
    public SeatDemand TakeDemand()
    {
        lock (_lock) return _use.TakeDemand();
    }

    /// <summary>Tells from now on how much of the level is used.</summary>
    public void Report(UseSeries series)
    {
        lock (_lock) _use.Series = series;
    }

    /// <summary>Takes seats at once, or a place in a queue, or neither.</summary>
    /// <returns>Null for a refusal, with its cause.</returns>
    public Seat? TryEnter(ulong flow, int width, out string? refusal, FlowRequest? about = null)
    {
        refusal = null;
        lock (_lock)
        {
            width = IsExempt ? width : Math.Clamp(width, 1, Math.Max(1, Seats));
            if (Waiting == 0 && Fits(width)) return Started(width, about);
            if (_queues.Length == 0) refusal = RefusedRequest.NoQueue;
            else if (ShortestOf(flow) is { } queue && queue.Length < _queueLength) return Queued(queue, width, about);
            else refusal = RefusedRequest.QueueFull;
            return null;
        }
    }

    /// <summary>Gives the seats back, or the place in the queue.</summary>
    public void Leave(Seat seat)
    {
        lock (_lock)
        {
            if (seat.Waited is { Place: not null } waiting)
            {
                Forget(waiting);
            }
            else
            {
                SeatsInUse -= seat.Width;
                Executing--;
                _seated.Remove(seat);
                seat.Waited?.Queue.Charge(seat.Width * (time.GetElapsedTime(seat.StartedAt).TotalSeconds - Estimate));
                StartWaiting();
            }
            Changed();
        }
    }

    /// <summary>Counts a request that got no seats.</summary>
    public void Refused(string reason)
    {
        lock (_lock)
        {
            switch (reason)
            {
                case RefusedRequest.TooLate: _counts.TimedOut++; break;
                case RefusedRequest.GaveUp: _counts.Cancelled++; break;
                default: _counts.Rejected++; break;
            }
        }
    }

    /// <summary>How long something has gone on that began then.</summary>
    public TimeSpan Since(long startedAt) => time.GetElapsedTime(startedAt);

    /// <summary>How it is now.</summary>
    public LevelState Look()
    {
        lock (_lock)
        {
            var waiting = _queues.SelectMany((queue, i) => queue.Requests.Select((request, place) => (request.Seat, Queue: i, Place: place)));
            var seated = _seated.Select(seat => (Seat: (Seat?)seat, Queue: seat.Waited is { } waited ? Array.IndexOf(_queues, waited.Queue) : -1, Place: -1));
            return new LevelState(Name, Waiting, Executing, _counts, [.. _queues.Select(StateOf)], [.. seated.Concat(waiting).SelectMany(one => StateOf(one.Seat, one.Queue, one.Place))]);
        }
    }

    private QueueState StateOf(FairQueue queue)
    {
        var (seats, wanted) = (_seated.Where(seat => seat.Waited?.Queue == queue), queue.Requests.Sum(request => request.Width));
        return new QueueState(queue.Length, seats.Count(), seats.Sum(seat => seat.Width), queue.NextStart, wanted, wanted * Estimate);
    }

    private IEnumerable<RequestState> StateOf(Seat? seat, int queue, int place)
    {
        if (seat?.About is { } about)
        {
            var since = time.GetUtcNow() - time.GetElapsedTime(seat.StartedAt);
            yield return new RequestState(about, queue, place, seat.Width, place < 0 ? since : null);
        }
    }

    private void Changed() =>
        _use.Set(new LevelLoad(SeatsInUse, Seats, Executing, Waiting, _queues.Length * _queueLength, SeatsInUse + WaitingSeats, Limits.Nominal));

    private static int Positive(int? given, int otherwise) => given is > 0 and var value ? value : otherwise;

    private void ResizeQueues(int count)
    {
        _draining = [.. _draining.Concat(_queues.Skip(count)).Where(queue => queue.Length > 0)];
        _queues = [.. _queues.Take(count), .. Enumerable.Range(0, Math.Max(0, count - _queues.Length)).Select(_ => new FairQueue())];
    }

    private bool Fits(int width) => IsExempt || SeatsInUse == 0 || SeatsInUse + width <= Seats;

    private Seat Started(int width, FlowRequest? about)
    {
        SeatsInUse += width;
        Executing++;
        _counts.Dispatched++;
        Changed();
        var seat = new Seat(this, width, time.GetTimestamp()) { About = about };
        _seated.Add(seat);
        return seat;
    }

    private Seat Queued(FairQueue queue, int width, FlowRequest? about)
    {
        var request = new WaitingRequest(queue, width);
        queue.Add(request, _progress);
        Waiting++;
        WaitingSeats += width;
        request.LengthAfter = queue.Length;
        Changed();
        return request.Seat = new Seat(this, width, request) { About = about };
    }

    private FairQueue ShortestOf(ulong flow)
    {
        Span<int> hand = stackalloc int[_handSize];
        ShuffleShard.Deal(flow, _queues.Length, hand);
        var best = _queues[hand[0]];
        foreach (int card in hand[1..])
            if (_queues[card].Length < best.Length)
                best = _queues[card];
        return best;
    }

    private void StartWaiting()
    {
        while (Waiting > 0 && NextQueue() is { First: { } next } queue && Fits(next.Width))
        {
            Forget(next);
            _progress = queue.NextStart;
            queue.Charge(next.Width * Estimate);
            SeatsInUse += next.Width;
            Executing++;
            _counts.Dispatched++;
            _seated.Add(next.Seat!);
            next.Start(time.GetTimestamp());
        }
    }

    private FairQueue? NextQueue()
    {
        var next = First(_queues, null);
        return _draining.Length == 0 ? next : First(_draining, next);
    }

    private static FairQueue? First(FairQueue[] queues, FairQueue? next)
    {
        foreach (var queue in queues)
            if (queue.Length > 0 && (next is null || queue.NextStart < next.NextStart))
                next = queue;
        return next;
    }

    private void Forget(WaitingRequest request)
    {
        request.Queue.Remove(request);
        Waiting--;
        WaitingSeats -= request.Width;
    }
}
