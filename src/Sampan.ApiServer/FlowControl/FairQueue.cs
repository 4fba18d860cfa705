namespace Sampan.ApiServer.FlowControl;

/// <summary>One queue of a priority level. Guarded by the level.</summary>
internal sealed class FairQueue
{
    private readonly LinkedList<WaitingRequest> _waiting = new();

    public int Length => _waiting.Count;

    /// <summary>When, in work done for each queue, its next request is due. The queue that had least goes first.</summary>
    public double NextStart { get; private set; }

    /// <summary>Those that wait, the next one first.</summary>
    public IEnumerable<WaitingRequest> Requests => _waiting;

    public WaitingRequest? First => _waiting.First?.Value;

    /// <param name="request">What waits.</param>
    /// <param name="progress">Where the level is: an idle time earns no credit.</param>
    public void Add(WaitingRequest request, double progress)
    {
        if (_waiting.Count == 0) NextStart = Math.Max(NextStart, progress);
        request.Place = _waiting.AddLast(request);
    }

    public void Remove(WaitingRequest request)
    {
        _waiting.Remove(request.Place!);
        request.Place = null;
    }

    /// <summary>Work done for this queue, in seats times seconds.</summary>
    public void Charge(double work) => NextStart += work;
}
