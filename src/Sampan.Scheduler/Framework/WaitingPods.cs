using System.Collections.Concurrent;

namespace Sampan.Scheduler.Framework;

/// <summary>The placed pods that wait for permits.</summary>
internal sealed class WaitingPods
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<WaitingPod>> _byUid = new();

    public void Add(string uid, IReadOnlyList<WaitingPod> waiting)
    {
        if (waiting.Count > 0) _byUid[uid] = waiting;
    }

    public void Remove(string uid) => _byUid.TryRemove(uid, out _);

    /// <summary>Takes its hope from a pod; false when it does not wait.</summary>
    public bool Reject(string uid, string reason)
    {
        if (!_byUid.TryGetValue(uid, out var waiting)) return false;
        foreach (var permit in waiting) permit.Reject(reason);
        return true;
    }
}
