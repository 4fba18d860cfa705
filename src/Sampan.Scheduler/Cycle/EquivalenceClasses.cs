using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Cycle;

/// <summary>The classes of equal pods seen lately. The sum of their sizes is bounded: the longest unused makes room.</summary>
internal sealed class EquivalenceClasses
{
    private const int MaxCells = 2_000_000;
    private const int MaxClasses = 4096;

    private readonly Dictionary<string, EquivalenceClass> _classes = [];
    private long _uses;

    /// <summary>The class of a pod, with room for all slots, and whether anything is known of it.</summary>
    public EquivalenceClass Of(PodInfo pod, int slots, int scores, out bool isKnown)
    {
        isKnown = _classes.TryGetValue(pod.ClassKey, out var found);
        if (!isKnown)
        {
            var isFull = _classes.Count > 0 && (_classes.Count >= MaxClasses || (long)(_classes.Count + 1) * slots > MaxCells);
            _classes[pod.ClassKey] = found = isFull ? TakeOldest() : new EquivalenceClass();
            found.Key = pod.ClassKey;
        }
        pod.ClassKey = found!.Key;       // one text for all
        found.LastUse = ++_uses;
        found.Fit(slots, scores);
        return found;
    }

    public void Clear() => _classes.Clear();

    private EquivalenceClass TakeOldest()
    {
        EquivalenceClass? oldest = null;
        foreach (var candidate in _classes.Values)
        {
            if (oldest is null || candidate.LastUse < oldest.LastUse) oldest = candidate;
        }
        _classes.Remove(oldest!.Key);
        oldest.Clear();
        return oldest;
    }
}
