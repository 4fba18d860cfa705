using System.Collections.Immutable;

namespace Sampan.Kubelet.Pods;

/// <summary>What a pod's worker remembers from one round to the next. Readers get immutable snapshots.</summary>
internal sealed class PodMemory
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private TimeSpan _retry = FirstRetry;

    public ImmutableDictionary<string, WaitingState> Waiting { get; private set; } = ImmutableDictionary<string, WaitingState>.Empty;

    public string RuntimeHandler { get; set; } = "";

    public void SetWaiting(string container, WaitingState state) => Waiting = Waiting.SetItem(container, state);

    public void Clear(string container) => Waiting = Waiting.Remove(container);

    /// <summary>The wait before the next try after a failure, doubling.</summary>
    public TimeSpan NextRetry()
    {
        var wait = _retry;
        _retry = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        return wait;
    }

    public void ResetRetry() => _retry = FirstRetry;
}
