using System.Collections.Immutable;

namespace Sampan.Kubelet.Pods;

/// <summary>What a pod's worker remembers from one round to the next. Readers get immutable snapshots.</summary>
internal sealed class PodMemory(TimeProvider time)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (long Since, TimeSpan For)> _holds = [];
    private TimeSpan _retry = FirstRetry;

    public ImmutableDictionary<string, WaitingState> Waiting { get; private set; } = ImmutableDictionary<string, WaitingState>.Empty;

    /// <summary>Containers, by id, whose postStart hook has not ended: nobody is told yet that they run.</summary>
    public ImmutableHashSet<string> InPostStart { get; private set; } = [];

    /// <summary>A postStart hook has ended.</summary>
    public event Action? PostStartEnded;

    /// <summary>Resources that were granted are not in force yet, as far as is told.</summary>
    public bool IsResizing { get; set; }

    /// <summary>Why the resources that were granted are not in force yet; null where nothing failed.</summary>
    public string? ResizeError { get; set; }

    public void BeginPostStart(string id) => InPostStart = InPostStart.Add(id);

    public void EndPostStart(string id)
    {
        InPostStart = InPostStart.Remove(id);
        PostStartEnded?.Invoke();
    }

    public void SetWaiting(string container, WaitingState state) => Waiting = Waiting.SetItem(container, state);

    public void Clear(string container) => Waiting = Waiting.Remove(container);

    /// <summary>After a failure a container is left alone for a while, whatever else happens to the pod or to the clock.</summary>
    public void Hold(string key, TimeSpan wait) => _holds[key] = (time.GetTimestamp(), wait);

    public TimeSpan? HoldLeft(string key) =>
        _holds.TryGetValue(key, out var hold) && hold.For - time.GetElapsedTime(hold.Since) is var left && left > TimeSpan.Zero ? left : null;

    /// <summary>The wait before the next try after a failure, doubling.</summary>
    public TimeSpan NextRetry()
    {
        var wait = _retry;
        _retry = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        return wait;
    }

    public void ResetRetry() => _retry = FirstRetry;
}
