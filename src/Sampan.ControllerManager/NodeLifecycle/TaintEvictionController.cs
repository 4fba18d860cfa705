using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>
/// Deletes pods, finished ones too, that do not tolerate a NoExecute taint of their node, once their toleration has run out.
/// Upstream: pkg/controller/tainteviction.
/// </summary>
internal sealed class TaintEvictionController : Controller
{
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Pod> _writes;
    private readonly EvictionMetrics _metrics;
    private readonly Dictionary<ObjectKey, (string Uid, DateTimeOffset At)> _since = [];
    private readonly Lock _lock = new();

    public TaintEvictionController(ControllerContext context)
        : base("taint-eviction-controller", context, workers: 8)
    {
        _pods = Watch<Pod>(p => Concerns(p) ? [KeyOf(p)] : []);
        PodsByNode.AddTo(_pods);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_pods);
        _metrics = new EvictionMetrics(context.Metrics, "taint_eviction_controller");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { } pod || pod.Metadata.DeletionTimestamp is not null || _nodes.Get("", pod.Spec.NodeName ?? "") is not { } node)
        {
            Forget(key);
            return ReconcileResult.Done;
        }

        var taints = node.Spec.Taints.OrEmpty().Where(t => t.Effect == "NoExecute").ToList();
        if (taints.Count == 0 || Tolerations.TimeFor(pod, taints) is not { } tolerated)
        {
            if (Forget(key)) Events.Event(pod, "Normal", "TaintManagerEviction", $"Cancelling deletion of Pod {key}");
            return ReconcileResult.Done;
        }

        var left = Since(key, pod) + tolerated - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        Events.Event(pod, "Normal", "TaintManagerEviction", $"Marking for deletion Pod {key}");
        await PodDisruption.DeleteAsync(_writes, pod, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", Time.GetUtcNow(), cancellationToken);
        _metrics.Deleted(-left);
        Forget(key);
        return ReconcileResult.Done;
    }

    /// <summary>The toleration's time counts from when the pod was first seen on the tainted node.</summary>
    private DateTimeOffset Since(ObjectKey key, Pod pod)
    {
        lock (_lock)
        {
            if (!_since.TryGetValue(key, out var known) || known.Uid != pod.Metadata.Uid)
                _since[key] = known = (pod.Metadata.Uid, Time.GetUtcNow());
            return known.At;
        }
    }

    private bool Forget(ObjectKey key)
    {
        lock (_lock) return _since.Remove(key);
    }

    private void OnNode(Node? old, Node? current)
    {
        var name = (current ?? old)!.Metadata.Name;
        if (Execute(old) || Execute(current))
            foreach (var pod in PodsByNode.Of(_pods, name)) Queue.Add(KeyOf(pod));
    }

    /// <summary>A pod on a node without such a taint only if its time was running.</summary>
    private bool Concerns(Pod pod)
    {
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) return false;
        lock (_lock)
        {
            if (_since.ContainsKey(KeyOf(pod))) return true;
        }

        return Execute(_nodes.Get("", pod.Spec.NodeName));
    }

    private static bool Execute(Node? node) => node?.Spec.Taints?.Exists(t => t.Effect == "NoExecute") == true;
}
