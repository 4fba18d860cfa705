using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>Runs one pod of a DaemonSet on every node that it selects. Upstream: pkg/controller/daemon.</summary>
internal sealed class DaemonSetController : Controller
{
    private readonly Informer<DaemonSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<DaemonSet> _setWrites;
    private readonly Adoption<DaemonSet, Pod> _adoption;
    private readonly PodFactory _factory;
    private readonly TemplateHistory _history;
    private readonly FailedPods _failedPods;

    public DaemonSetController(ControllerContext context)
        : base("daemonset-controller", context, workers: 2)
    {
        _sets = Watch<DaemonSet>(s => [KeyOf(s)]);
        _pods = Watch<Pod>(KeysOf);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        var revisions = Watch<ControllerRevision>(r => r.Metadata.ControllerKey("DaemonSet", "apps"));
        ControllerIndex.AddTo(_pods);
        ControllerIndex.AddTo(revisions);
        var pods = Writes(_pods);
        _setWrites = Writes(_sets);
        _adoption = new(_sets.Client, pods);
        _factory = new PodFactory(pods, Events);
        _history = new TemplateHistory(revisions, Writes(revisions));
        _failedPods = new FailedPods(context.Time);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Get(key) is not { } set || set.Spec.Selector is null) return ReconcileResult.Done;
        var pods = await _adoption.ClaimAsync(
            set, Selector.From(set.Spec.Selector), ControllerIndex.Candidates(_pods, set).ToList(), cancellationToken);
        if (set.Metadata.DeletionTimestamp is not null) return ReconcileResult.Done;
        if (await _history.CurrentAsync(set, set.Spec.Template, set.Status.CollisionCount, cancellationToken) is not { } revision)
            return await CountCollisionAsync(set, cancellationToken);

        var hash = _history.HashOf(revision);
        var view = new DaemonView(set, hash, _nodes.List(), pods, Time.GetUtcNow());
        var plan = DaemonPlan.Of(view);
        var (wait, failure) = await CarryOutAsync(view, plan, cancellationToken);
        await _history.CleanUpAsync(set, set.Spec.RevisionHistoryLimit ?? 10, view.Hashes, cancellationToken);
        await WriteStatusAsync(set, DaemonStatuses.Of(view), cancellationToken);
        if (failure is not null) throw failure;
        return new ReconcileResult(wait).Or(new ReconcileResult(Pods.NextAvailable(pods, set.Spec.MinReadySeconds, Time.GetUtcNow())));
    }

    private async Task<(TimeSpan? Wait, Exception? Failure)> CarryOutAsync(DaemonView view, DaemonPlan plan, CancellationToken cancellationToken)
    {
        TimeSpan? wait = null;
        foreach (var pod in plan.Delete)
        {
            if (pod.Status.Phase == "Failed")
            {
                if (_failedPods.Wait(view.Set, pod) is { } pause)
                {
                    wait = wait is null || pause < wait ? pause : wait;
                    continue;
                }

                Events.Event(view.Set, "Warning", "FailedDaemonPod", $"Found failed daemon pod {pod.Metadata.Namespace}/{pod.Metadata.Name} on node {NodeFit.NodeOf(pod)}, will try to kill it");
            }

            await _factory.DeleteAsync(pod, view.Set, cancellationToken);
        }

        var (_, failure) = await SlowStart.RunAsync(
            plan.Create.Count, i => _factory.CreateAsync(DaemonPods.Draft(view.Set, view.Hash, plan.Create[i]), view.Set, cancellationToken));
        return (wait, failure);
    }

    private async Task<ReconcileResult> CountCollisionAsync(DaemonSet set, CancellationToken cancellationToken)
    {
        var status = set.Status.DeepClone();
        status.CollisionCount = (status.CollisionCount ?? 0) + 1;
        await WriteStatusAsync(set, status, cancellationToken);
        return ReconcileResult.RequeueAfter(TimeSpan.Zero);
    }

    private async Task WriteStatusAsync(DaemonSet set, DaemonSetStatus status, CancellationToken cancellationToken)
    {
        if (status.DeepEquals(set.Status)) return;
        var copy = set.DeepClone();
        copy.Status = status;
        await _setWrites.UpdateStatusAsync(copy, cancellationToken);
    }

    private IEnumerable<ObjectKey> KeysOf(Pod pod)
    {
        if (pod.Metadata.Controller() is not null) return pod.Metadata.ControllerKey("DaemonSet", "apps");
        return pod.Metadata.DeletionTimestamp is not null
            ? []
            : _sets.List(pod.Metadata.Namespace).Where(s => Selector.From(s.Spec.Selector).Matches(pod.Metadata.Labels)).Select(KeyOf);
    }

    /// <summary>Heartbeats do not matter; labels and taints do.</summary>
    private void OnNode(Node? old, Node? current)
    {
        if (old is not null && current is not null && DaemonPods.SameForDaemons(old, current)) return;
        foreach (var set in _sets.List()) Queue.Add(KeyOf(set));
    }
}
