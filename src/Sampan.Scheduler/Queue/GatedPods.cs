using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Queue;

/// <summary>The pods that a PreEnqueue plugin holds back, by the plugin: each is asked which changes may open its gate.</summary>
internal sealed class GatedPods
{
    private readonly Dictionary<string, (QueuedPod Pod, IPreEnqueuePlugin Gate)> _all = [];
    private readonly Dictionary<IPreEnqueuePlugin, HashSet<QueuedPod>> _byGate = [];

    public int Count => _all.Count;

    public void Add(QueuedPod queued, IPreEnqueuePlugin gate)
    {
        Remove(queued.Pod.Uid);
        _all[queued.Pod.Uid] = (queued, gate);
        if (!_byGate.TryGetValue(gate, out var pods)) _byGate[gate] = pods = [];
        pods.Add(queued);
    }

    /// <summary>Takes a pod out; null when it is not here.</summary>
    public QueuedPod? Remove(string uid)
    {
        if (!_all.Remove(uid, out var gated)) return null;
        var pods = _byGate[gated.Gate];
        pods.Remove(gated.Pod);
        if (pods.Count == 0) _byGate.Remove(gated.Gate);
        return gated.Pod;
    }

    /// <summary>Takes out the pods whose gate a change may open.</summary>
    public List<QueuedPod> TakeOpened(ClusterEvent change)
    {
        var opened = new List<QueuedPod>();
        foreach (var (gate, pods) in _byGate)
        {
            if ((gate.OpenedBy & change.Kind) != 0) opened.AddRange(pods.Where(queued => gate.MayOpen(queued.Pod, change)));
        }
        foreach (var queued in opened) Remove(queued.Pod.Uid);
        return opened;
    }
}
