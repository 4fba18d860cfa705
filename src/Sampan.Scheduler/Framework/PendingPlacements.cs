using System.Collections.Concurrent;
using Sampan.Scheduler.Bindings;

namespace Sampan.Scheduler.Framework;

/// <summary>The placed pods whose binding has not begun: they wait for permits, or for volumes and devices.</summary>
internal sealed class PendingPlacements
{
    private readonly ConcurrentDictionary<string, Placement> _byUid = new();

    public void Add(Placement placement)
    {
        if (placement.Pending is not null) _byUid[placement.Queued.Pod.Uid] = placement;
    }

    public void Remove(Placement placement)
    {
        if (placement.Pending is not null) _byUid.TryRemove(KeyValuePair.Create(placement.Queued.Pod.Uid, placement));
    }

    /// <summary>Takes its hope from a pod that waits for a permit; false when it does not.</summary>
    public bool Reject(string uid, string reason) => _byUid.TryGetValue(uid, out var placement) && Decide(placement, permit => permit.Reject(reason));

    /// <summary>Takes its place from a pod; false when it can only be evicted.</summary>
    public bool Preempt(string uid, string plugin)
    {
        if (!_byUid.TryGetValue(uid, out var placement)) return false;
        return Decide(placement, static permit => permit.Preempt()) || placement.Pending!.Cancel($"preempted by {plugin}");
    }

    private static bool Decide(Placement placement, Predicate<WaitingPod> decide)
    {
        var isDecided = false;
        foreach (var permit in placement.Waiting) isDecided |= decide(permit);
        return isDecided;
    }
}
