using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>Runs pods that keep their names and claims. Upstream: pkg/controller/statefulset.</summary>
internal sealed class StatefulSetController : Controller
{
    private const string RevisionHashLabel = "controller.kubernetes.io/hash";
    private static readonly TimeSpan ClaimPause = TimeSpan.FromSeconds(2);
    private readonly Informer<StatefulSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly Informer<ControllerRevision> _revisions;
    private readonly OwnWrites<StatefulSet> _setWrites;
    private readonly OwnWrites<Pod> _podWrites;
    private readonly Adoption<StatefulSet, Pod> _adoption;
    private readonly StatefulClaims _claims;
    private readonly TemplateHistory _history;
    private readonly Adoption<StatefulSet, ControllerRevision> _revisionAdoption;

    public StatefulSetController(ControllerContext context)
        : base("statefulset-controller", context)
    {
        _sets = Watch<StatefulSet>(s => [KeyOf(s)]);
        _pods = Watch<Pod>(KeysOf);
        _revisions = Watch<ControllerRevision>(r => r.Metadata.ControllerKey("StatefulSet", "apps"));
        StatefulSetMetrics.AddTo(context.Metrics, _sets.List);
        ControllerIndex.AddTo(_pods);
        ControllerIndex.AddTo(_revisions);
        var claims = Use<PersistentVolumeClaim>();
        _setWrites = Writes(_sets);
        _podWrites = Writes(_pods);
        _adoption = new(Direct(_sets), _podWrites);
        _claims = new StatefulClaims(claims, Writes(claims), Events);
        _history = new TemplateHistory(_revisions, Writes(_revisions), RevisionHashLabel);
        _revisionAdoption = new(Direct(_sets), Writes(_revisions));
        CountStaleSyncs("statefulset_controller", "StatefulSet");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Get(key) is not { } set || set.Spec.Selector is null) return ReconcileResult.Done;
        var candidates = ControllerIndex.Candidates(_pods, set).Where(p => StatefulPods.OrdinalOf(set, p) is not null).ToList();
        var pods = await _adoption.ClaimAsync(set, Selector.From(set.Spec.Selector), candidates, cancellationToken);
        if (set.Metadata.DeletionTimestamp is not null) return await ReportAsync(set, pods, cancellationToken);
        await _revisionAdoption.ClaimAsync(set, Selector.From(set.Spec.Selector), ControllerIndex.Candidates(_revisions, set).ToList(), cancellationToken);
        if (await _history.CurrentAsync(set, set.Spec.Template, set.Status.CollisionCount, cancellationToken) is not { } update)
            return await CountCollisionAsync(set, cancellationToken);

        var current = Revision(set, set.Status.CurrentRevision) ?? update;
        var view = new StatefulView(set, pods, current.Metadata.Name, update.Metadata.Name, Time.GetUtcNow());
        var (wait, failure) = await CarryOutAsync(view, current, cancellationToken);
        await CleanUpAsync(view, [current, update], cancellationToken);
        await WriteStatusAsync(set, StatefulStatuses.Of(view, set.Status.CollisionCount), cancellationToken);
        if (failure is not null) throw failure;
        return wait.Or(new ReconcileResult(Pods.NextAvailable(pods, set.Spec.MinReadySeconds, view.Now)));
    }

    /// <summary>Of a set that is being deleted only the status is kept up.</summary>
    private async Task<ReconcileResult> ReportAsync(StatefulSet set, List<Pod> pods, CancellationToken cancellationToken)
    {
        var view = new StatefulView(set, pods, set.Status.CurrentRevision ?? "", set.Status.UpdateRevision ?? "", Time.GetUtcNow());
        await WriteStatusAsync(set, StatefulStatuses.Of(view, set.Status.CollisionCount), cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task<(ReconcileResult Wait, Exception? Failure)> CarryOutAsync(StatefulView view, ControllerRevision current, CancellationToken cancellationToken)
    {
        var plan = StatefulPlan.Of(view);
        var wait = await TendAsync(view, cancellationToken);
        var (_, failure) = await SlowStart.RunAsync(plan.Delete.Count, i => DeleteAsync(view.Set, plan.Delete[i], cancellationToken));
        if (failure is not null) return (wait, failure);
        var waits = new ReconcileResult[plan.Create.Count];
        (_, failure) = await SlowStart.RunAsync(
            plan.Create.Count, async i => waits[i] = await CreateAsync(view, current, plan.Create[i], cancellationToken));
        return (waits.Aggregate(wait, (a, b) => a.Or(b)), failure);
    }

    /// <summary>Keeps the labels and claims of the pods that are there. This precedes deletions: a condemned pod may take its claims along.</summary>
    private async Task<ReconcileResult> TendAsync(StatefulView view, CancellationToken cancellationToken)
    {
        var wait = ReconcileResult.Done;
        foreach (var pod in view.Pods.Where(p => p.Metadata.DeletionTimestamp is null))
        {
            var ordinal = StatefulPods.OrdinalOf(view.Set, pod)!.Value;
            var condemned = view.Condemned.Contains(pod);
            if (!condemned && pod.Status.Phase == "Pending" && !await _claims.EnsureAsync(view.Set, ordinal, pod, cancellationToken))
                wait = ReconcileResult.RequeueAfter(ClaimPause);
            await _claims.OwnAsync(view.Set, ordinal, pod, condemned, cancellationToken);
            if (StatefulPods.Mended(view.Set, pod) is { } mended)
                await TellAsync(view.Set, "update", "Update", pod, () => _podWrites.UpdateAsync(mended, cancellationToken));
        }

        return wait;
    }

    private async Task<ReconcileResult> CreateAsync(StatefulView view, ControllerRevision current, int ordinal, CancellationToken cancellationToken)
    {
        var set = view.Set;
        if (!await _claims.EnsureAsync(set, ordinal, null, cancellationToken)) return ReconcileResult.RequeueAfter(ClaimPause);
        var revision = view.RevisionFor(ordinal);
        var template = revision == view.UpdateRevision ? set.Spec.Template : TemplateHistory.TemplateOf(current) ?? set.Spec.Template;
        var pod = StatefulPods.Draft(set, template, revision, ordinal);
        await TellAsync(set, "create", "Create", pod, () => _podWrites.CreateAsync(pod, cancellationToken));
        return ReconcileResult.Done;
    }

    private Task DeleteAsync(StatefulSet set, Pod pod, CancellationToken cancellationToken)
    {
        if (pod.Status.Phase == "Failed") Events.Event(set, "Warning", "RecreatingFailedPod", $"StatefulSet {set.Metadata.Namespace}/{set.Metadata.Name} is recreating failed Pod {pod.Metadata.Name}");
        else if (pod.Status.Phase == "Succeeded") Events.Event(set, "Normal", "RecreatingTerminatedPod", $"StatefulSet {set.Metadata.Namespace}/{set.Metadata.Name} is recreating terminated Pod {pod.Metadata.Name}");
        return TellAsync(set, "delete", "Delete", pod, () => _podWrites.DeleteAsync(pod, null, cancellationToken));
    }

    private async Task TellAsync(StatefulSet set, string verb, string reason, Pod pod, Func<Task> act)
    {
        var what = $"{verb} Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name}";
        try
        {
            await act();
            Events.Event(set, "Normal", "Successful" + reason, $"{what} successful");
        }
        catch (StatusException e)
        {
            // A name that is taken is most often taken by the pod that was to be made.
            if (!e.HasCause("NamespaceTerminating") && !e.IsAlreadyExists) Events.Event(set, "Warning", "Failed" + reason, $"{what} failed error: {e.Message}");
            throw;
        }
    }

    private ControllerRevision? Revision(StatefulSet set, string? name) =>
        name is null ? null : ControllerIndex.OwnedBy(_revisions, set).FirstOrDefault(r => r.Metadata.Name == name);

    private Task CleanUpAsync(StatefulView view, ControllerRevision[] inUse, CancellationToken cancellationToken)
    {
        var carried = view.Pods.Select(StatefulPods.RevisionOf).ToHashSet();
        var live = ControllerIndex.OwnedBy(_revisions, view.Set).Where(r => carried.Contains(r.Metadata.Name)).Concat(inUse);
        var limit = view.Set.Spec.RevisionHistoryLimit ?? 10;
        return _history.CleanUpAsync(view.Set, limit, live.Select(_history.HashOf).ToHashSet(), countsLive: false, cancellationToken);
    }

    private async Task<ReconcileResult> CountCollisionAsync(StatefulSet set, CancellationToken cancellationToken)
    {
        var status = set.Status.DeepClone();
        status.CollisionCount = (status.CollisionCount ?? 0) + 1;
        await WriteStatusAsync(set, status, cancellationToken);
        return ReconcileResult.RequeueAfter(TimeSpan.Zero);
    }

    private async Task WriteStatusAsync(StatefulSet set, StatefulSetStatus status, CancellationToken cancellationToken)
    {
        if (status.DeepEquals(set.Status)) return;
        var copy = set.DeepClone();
        copy.Status = status;
        await _setWrites.UpdateStatusAsync(copy, cancellationToken);
    }

    private IEnumerable<ObjectKey> KeysOf(Pod pod)
    {
        if (pod.Metadata.Controller() is not null) return pod.Metadata.ControllerKey("StatefulSet", "apps");
        return pod.Metadata.DeletionTimestamp is not null
            ? []
            : _sets.List(pod.Metadata.Namespace).Where(s => Selector.From(s.Spec.Selector).Matches(pod.Metadata.Labels)).Select(KeyOf);
    }
}
