namespace Sampan.Scheduler.Framework;

/// <summary>The work before a placed pod's binding. Until it is done, a more important pod can have the place for the asking.</summary>
internal sealed class PreBinding
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancelled = new();
    private bool _isDone;

    /// <summary>Ends the work when it is given up.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>Why it was given up; null when it was not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Gives it up; false when it is done already.</summary>
    public bool Cancel(string reason)
    {
        lock (_lock)
        {
            if (_isDone) return false;
            Reason ??= reason;
        }
        _cancelled.Cancel();
        return true;
    }

    /// <summary>From now on the pod will be bound; false when it was given up before.</summary>
    public bool Finish()
    {
        lock (_lock) return _isDone = Reason is null;
    }
}
