using System.Collections.Concurrent;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>
/// Keeps as many pods of a ReplicaSet or a ReplicationController as it asks for: one loop, two kinds. Upstream: pkg/controller/replicaset.
/// </summary>
internal sealed class ReplicaController<TSet> : Controller
    where TSet : class, IObject<TSet>
{
    private const int MaxChangesAtOnce = 500;
    private readonly ReplicaKind<TSet> _kind;
    private readonly Informer<TSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<TSet> _setWrites;
    private readonly Adoption<TSet, Pod> _adoption;
    private readonly PodFactory _factory;
    private readonly HistogramValue _ageRatio;

    public ReplicaController(string name, ControllerContext context, ReplicaKind<TSet> kind)
        : base(name, context)
    {
        _kind = kind;
        _sets = Watch<TSet>(rs => [KeyOf(rs)]);
        _pods = Watch<Pod>(KeysOf);
        ControllerIndex.AddTo(_pods);
        ControllerIndex.AddTo(_sets);
        _setWrites = Writes(_sets);
        var podWrites = Writes(_pods);
        _adoption = new(Direct(_sets), podWrites);
        _factory = new PodFactory(podWrites, Events);
        if (typeof(TSet) == typeof(ReplicaSet)) CountStaleSyncs("replicaset_controller", "ReplicaSet");
        _ageRatio = context.Metrics.Histogram(
            "replicaset_controller_sorting_deletion_age_ratio", "The age of each ready pod that was chosen to go as a multiple of the youngest one's age", Buckets.From(0.25, 2, 6)).With();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Get(key) is not { } set) return ReconcileResult.Done;
        var (replicas, selector) = (_kind.ReplicasOf(set), _kind.SelectorOf(set));
        var active = await _adoption.ClaimAsync(set, selector, ControllerIndex.Candidates(_pods, set).Where(p => p.IsActive()).ToList(), cancellationToken);
        var terminating = ControllerIndex.OwnedBy(_pods, set).Count(p => p.IsTerminating() && selector.Matches(p.Metadata.Labels));
        var change = set.Metadata.DeletionTimestamp is null ? await ManageAsync(set, replicas, active, cancellationToken) : new();
        active = [.. active.Except(change.Deleted), .. change.Created];
        var status = ReplicaSetStatuses.Of(_kind, set, active, terminating + change.Deleted.Count(p => !p.IsGoneOnceDeleted()), change.Failure, Time.GetUtcNow());
        await WriteStatusAsync(set, status, cancellationToken);
        if (change.Failure is { } failure) throw failure;
        return Pods.NextAvailable(active, _kind.MinReadySecondsOf(set), Time.GetUtcNow()) is { } wait
            ? ReconcileResult.RequeueAfter(wait)
            : ReconcileResult.Done;
    }

    /// <summary>Creates or deletes the difference. What that did is counted at once: the status need not be written again when the cache shows it.</summary>
    private async Task<PodChange> ManageAsync(TSet set, int replicas, List<Pod> active, CancellationToken cancellationToken)
    {
        var difference = active.Count - replicas;
        if (difference == 0) return new();
        if (difference < 0)
        {
            var created = new ConcurrentBag<Pod>();
            var (_, failure) = await SlowStart.RunAsync(Math.Min(-difference, MaxChangesAtOnce), async _ =>
            {
                if (await _factory.TryCreateAsync(PodFactory.FromTemplate(_kind.TemplateOf(set), set), set, cancellationToken) is { } pod) created.Add(pod);
            });
            return new() { Created = created, Failure = failure };
        }

        var victims = Victims(set, active).Take(Math.Min(difference, MaxChangesAtOnce)).ToList();
        NoteAges(active, victims);
        var failures = await Task.WhenAll(victims.Select(p => TryDeleteAsync(p, set, cancellationToken)));
        return new() { Deleted = [.. victims.Where((_, i) => failures[i] is null)], Failure = Array.Find(failures, f => f is not null) };
    }

    private async Task<Exception?> TryDeleteAsync(Pod pod, TSet set, CancellationToken cancellationToken)
    {
        try
        {
            await _factory.DeleteAsync(pod, set, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return new PodDeletionException(e.Message, e);
        }
    }

    private IEnumerable<Pod> Victims(TSet set, List<Pod> active)
    {
        var siblings = set.Metadata.Controller() is null ? [set] : _sets.List(set.Metadata.Namespace)
            .Where(s => s.Metadata.Controller()?.Uid == set.Metadata.Controller()!.Uid);
        var related = siblings.SelectMany(s => ControllerIndex.OwnedBy(_pods, s));
        return active.Order(new DeletionRank(related, Time.GetUtcNow()));
    }

    private void NoteAges(List<Pod> active, List<Pod> victims)
    {
        var now = Time.GetUtcNow();
        if (active.Where(p => p.IsReady()).Max(p => p.Metadata.CreationTimestamp?.Value) is not { } youngest || now <= youngest) return;
        foreach (var pod in victims.Where(p => p.IsReady() && p.Metadata.CreationTimestamp is not null))
            _ageRatio.Observe((now - pod.Metadata.CreationTimestamp!.Value.Value) / (now - youngest));
    }

    private async Task WriteStatusAsync(TSet set, ReplicaSetStatus status, CancellationToken cancellationToken)
    {
        var copy = set.DeepClone();
        _kind.SetStatus(copy, status);
        if (copy.DeepEquals(set)) return;
        await _setWrites.UpdateStatusAsync(copy, cancellationToken);
    }

    /// <summary>A pod wakes its ReplicaSet; an orphan wakes all that might adopt it.</summary>
    private IEnumerable<ObjectKey> KeysOf(Pod pod)
    {
        if (pod.Metadata.Controller() is not null) return pod.Metadata.ControllerKey(TSet.Info.Kind, TSet.Info.Group);
        return pod.Metadata.DeletionTimestamp is not null
            ? []
            : _sets.List(pod.Metadata.Namespace).Where(s => _kind.SelectorOf(s).Matches(pod.Metadata.Labels)).Select(KeyOf);
    }
}
