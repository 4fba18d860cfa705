namespace Sampan.ApiServer.FlowControl;

/// <summary>What a request holds of its priority level while it waits and while it is worked on.</summary>
internal sealed class Seat : IDisposable
{
    private readonly PriorityLevel _level;
    private readonly long _startedAt;
    private FlowSeries? _counted;
    private bool _isWatch;
    private int _left;

    /// <summary>Of a request that starts at once.</summary>
    public Seat(PriorityLevel level, int width, long startedAt) => (_level, Width, _startedAt) = (level, width, startedAt);

    /// <summary>Of a request that waits.</summary>
    public Seat(PriorityLevel level, int width, WaitingRequest waits) => (_level, Width, Waited) = (level, width, waits);

    public int Width { get; }

    /// <summary>Whose it is; null when nobody said.</summary>
    public FlowRequest? About { get; init; }

    /// <summary>Its place in a queue, also after its turn; null if it started at once.</summary>
    public WaitingRequest? Waited { get; }

    public long StartedAt => Waited?.StartedAt ?? _startedAt;

    /// <summary>Counts the request among those that are worked on, until it leaves.</summary>
    public void Count(FlowSeries metrics, bool isWatch)
    {
        (_counted, _isWatch) = (metrics, isWatch);
        metrics.Widths.Observe(Width);
        metrics.Executing.Add(1);
        metrics.ExecutingSeats.Add(Width);
    }

    /// <summary>Leaves once, however often it is called.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0) return;
        _level.Leave(this);
        if (_counted is { } counted)
        {
            counted.Executing.Add(-1);
            counted.ExecutingSeats.Add(-Width);
            (_isWatch ? counted.WatchStart : counted.Execution).Observe(_level.Since(StartedAt).TotalSeconds);
        }
    }
}
