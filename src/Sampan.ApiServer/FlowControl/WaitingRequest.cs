namespace Sampan.ApiServer.FlowControl;

/// <summary>A request that waits for its seats.</summary>
internal sealed class WaitingRequest(FairQueue queue, int width)
{
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FairQueue Queue { get; } = queue;

    public int Width { get; } = width;

    /// <summary>Where it stands in its queue; null once it has its seats or gave up.</summary>
    public LinkedListNode<WaitingRequest>? Place { get; set; }

    /// <summary>How many waited in its queue when it had come.</summary>
    public int LengthAfter { get; set; }

    /// <summary>What it is to get.</summary>
    public Seat? Seat { get; set; }

    public Task Turn => _turn.Task;

    public long StartedAt { get; private set; }

    public void Start(long now)
    {
        StartedAt = now;
        _turn.TrySetResult();
    }
}
