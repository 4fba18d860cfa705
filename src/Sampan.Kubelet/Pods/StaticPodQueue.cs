using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Lets static pods of one name run one after the other: whoever changes a manifest wants another pod, which begins when the one before
/// it has ended. Until then the API shows the one before, with the time that it is given to end.
/// </summary>
internal sealed class StaticPodQueue
{
    private readonly PodManager _pods;
    private readonly MirrorPods _mirrors;
    private readonly Lock _lock = new();

    /// <summary>By name; the first runs, or is ending.</summary>
    private readonly Dictionary<ObjectKey, List<Pod>> _queues = [];

    public StaticPodQueue(PodManager pods, MirrorPods mirrors)
    {
        (_pods, _mirrors) = (pods, mirrors);
        pods.Ended += OnEnded;
    }

    /// <summary>A pod with a manifest on this node.</summary>
    public void Add(Pod pod)
    {
        lock (_lock)
        {
            var key = MirrorPods.Key(pod);
            if (_queues.TryGetValue(key, out var queue))
            {
                queue.Add(pod);
                KeepForNext(queue);
                return;
            }

            _queues[key] = [pod];
            Begin(pod);
        }
    }

    /// <summary>Its manifest is gone.</summary>
    public void Remove(Pod pod)
    {
        lock (_lock)
        {
            var queue = _queues.GetValueOrDefault(MirrorPods.Key(pod), []);
            var last = queue.FindLastIndex(p => p.Metadata.Uid == pod.Metadata.Uid);
            if (last == 0)
            {
                _pods.Remove(pod);
            }
            else if (last > 0)
            {
                queue.RemoveAt(last);
                KeepForNext(queue);
            }
        }
    }

    private void OnEnded(Pod pod)
    {
        if (!pod.IsStatic())
        {
            return;
        }

        lock (_lock)
        {
            var key = MirrorPods.Key(pod);
            if (!_queues.TryGetValue(key, out var queue) || queue[0].Metadata.Uid != pod.Metadata.Uid)
            {
                return;
            }

            queue.RemoveAt(0);
            if (queue is [var next, ..])
            {
                Begin(next);
            }
            else
            {
                _queues.Remove(key);
                _mirrors.Drop(pod);
            }
        }
    }

    /// <summary>After a restart of the kubelet it goes on with what the API says of it.</summary>
    private void Begin(Pod pod)
    {
        if (_mirrors.StatusOf(pod) is { } status)
        {
            pod.Status = status;
        }

        _mirrors.Want(pod);
        _pods.Upsert(pod);
    }

    /// <summary>The containers of a pod that comes back count as its earlier ones.</summary>
    private void KeepForNext(List<Pod> queue) => _pods.KeepContainers(queue[0].Metadata.Uid, queue is [var first, var next, ..] && first.Metadata.Uid == next.Metadata.Uid);
}
