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
    private readonly Informer<ControllerRevision> _revisions;
    private readonly Adoption<DaemonSet, ControllerRevision> _revisionAdoption;

    public DaemonSetController(ControllerContext context)
        : base("daemonset-controller", context, workers: 2)
    {
        _sets = Watch<DaemonSet>(s => [KeyOf(s)]);
        _pods = Watch<Pod>(KeysOf);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _revisions = Watch<ControllerRevision>(r => r.Metadata.ControllerKey("DaemonSet", "apps"));
        ControllerIndex.AddTo(_pods);
        ControllerIndex.AddTo(_revisions);
        var pods = Writes(_pods);
        _setWrites = Writes(_sets);
        _adoption = new(Direct(_sets), pods);
        _revisionAdoption = new(Direct(_sets), Writes(_revisions));
        _factory = new PodFactory(pods, Events);
        _history = new TemplateHistory(_revisions, Writes(_revisions));
        _failedPods = new FailedPods(context.Time);
        CountStaleSyncs("daemonset_controller", "DaemonSet");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Get(key) is not { } set || set.Spec.Selector is null) return ReconcileResult.Done;
        if (set.Spec.Selector is { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } })
        {
            Events.Event(set, "Warning", "SelectingAll", "This daemon set is selecting all pods. A non-empty selector is required.");
            return ReconcileResult.Done;
        }

        var selector = Selector.From(set.Spec.Selector);
        var pods = await _adoption.ClaimAsync(set, selector, ControllerIndex.Candidates(_pods, set).ToList(), cancellationToken);
        if (set.Metadata.DeletionTimestamp is not null) return ReconcileResult.Done;
        await _revisionAdoption.ClaimAsync(set, selector, ControllerIndex.Candidates(_revisions, set).ToList(), cancellationToken);
        if (await _history.CurrentAsync(set, set.Spec.Template, set.Status.CollisionCount, cancellationToken) is not { } revision)
            return await CountCollisionAsync(set, cancellationToken);

        var hash = _history.HashOf(revision);
        var view = new DaemonView(set, hash, _nodes.List(), pods, Time.GetUtcNow());
        var plan = DaemonPlan.Of(view);
        var (wait, failure) = await CarryOutAsync(view, plan, cancellationToken);
        await _history.CleanUpAsync(set, set.Spec.RevisionHistoryLimit ?? 10, view.Hashes, countsLive: true, cancellationToken);
        await WriteStatusAsync(set, DaemonStatuses.Of(view), cancellationToken);
        if (failure is not null) throw failure;
        return new ReconcileResult(wait).Or(new ReconcileResult(Pods.NextAvailable(pods, set.Spec.MinReadySeconds, Time.GetUtcNow())));
    }

    private async Task<(TimeSpan? Wait, Exception? Failure)> CarryOutAsync(DaemonView view, DaemonPlan plan, CancellationToken cancellationToken)
    {
        var waits = plan.Delete.ToDictionary(p => p, p => p.Status.Phase == "Failed" ? _failedPods.Wait(view.Set, p) : null);
        var (_, failure) = await SlowStart.RunAsync(
            plan.Create.Count, i => _factory.TryCreateAsync(DaemonPods.Draft(view.Set, view.Hash, plan.Create[i]), view.Set, cancellationToken));
        var failures = await Task.WhenAll(plan.Delete.Where(p => waits[p] is null).Select(p => DeleteAsync(view.Set, p, cancellationToken)));
        return (waits.Values.Min(), failure ?? Array.Find(failures, f => f is not null));
    }

    /// <summary>Returns what went wrong, so that one pod that cannot be deleted does not hold up the others.</summary>
    private async Task<Exception?> DeleteAsync(DaemonSet set, Pod pod, CancellationToken cancellationToken)
    {
        var what = $"daemon pod {pod.Metadata.Namespace}/{pod.Metadata.Name} on node {NodeFit.NodeOf(pod)}, will try to";
        if (pod.Status.Phase == "Failed") Events.Event(set, "Warning", "FailedDaemonPod", $"Found failed {what} kill it");
        if (pod.Status.Phase == "Succeeded") Events.Event(set, "Normal", "SucceededDaemonPod", $"Found succeeded {what} delete it");
        try
        {
            await _factory.DeleteAsync(pod, set, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return e;
        }
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
