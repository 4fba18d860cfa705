using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>Keeps as many pods of a ReplicaSet as it asks for. Upstream: pkg/controller/replicaset.</summary>
internal sealed class ReplicaSetController : Controller
{
    private const int MaxChangesAtOnce = 500;
    private readonly Informer<ReplicaSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<ReplicaSet> _setWrites;
    private readonly Adoption<ReplicaSet, Pod> _adoption;
    private readonly PodFactory _factory;

    public ReplicaSetController(ControllerContext context)
        : base("replicaset-controller", context)
    {
        _sets = Watch<ReplicaSet>(rs => [KeyOf(rs)]);
        _pods = Watch<Pod>(KeysOf);
        ControllerIndex.AddTo(_pods);
        ControllerIndex.AddTo(_sets);
        _setWrites = Writes(_sets);
        var podWrites = Writes(_pods);
        _adoption = new(Direct(_sets), podWrites);
        _factory = new PodFactory(podWrites, Events);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_sets.Get(key) is not { } set) return ReconcileResult.Done;
        var selector = Selector.From(set.Spec.Selector);
        var pods = await _adoption.ClaimAsync(set, selector, ControllerIndex.Candidates(_pods, set).ToList(), cancellationToken);
        var active = pods.Where(p => p.IsActive()).ToList();
        var failure = set.Metadata.DeletionTimestamp is null ? await ManageAsync(set, active, cancellationToken) : null;

        var status = ReplicaSetStatuses.Of(set, active, pods.Count(p => p.IsTerminating()), failure, Time.GetUtcNow());
        await WriteStatusAsync(set, status, cancellationToken);
        if (failure is not null && !IsTerminatingNamespace(failure)) throw failure;
        return Pods.NextAvailable(active, set.Spec.MinReadySeconds, Time.GetUtcNow()) is { } wait
            ? ReconcileResult.RequeueAfter(wait)
            : ReconcileResult.Done;
    }

    /// <summary>Creates or deletes the difference; returns what went wrong.</summary>
    private async Task<Exception?> ManageAsync(ReplicaSet set, List<Pod> active, CancellationToken cancellationToken)
    {
        var difference = active.Count - (set.Spec.Replicas ?? 1);
        if (difference < 0)
        {
            var (_, failure) = await SlowStart.RunAsync(
                Math.Min(-difference, MaxChangesAtOnce),
                _ => _factory.CreateAsync(PodFactory.FromTemplate(set.Spec.Template, set), set, cancellationToken));
            return failure;
        }

        var victims = Victims(set, active).Take(Math.Min(difference, MaxChangesAtOnce));
        var failures = await Task.WhenAll(victims.Select(p => TryDeleteAsync(p, set, cancellationToken)));
        return Array.Find(failures, f => f is not null);
    }

    private async Task<Exception?> TryDeleteAsync(Pod pod, ReplicaSet set, CancellationToken cancellationToken)
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

    private IEnumerable<Pod> Victims(ReplicaSet set, List<Pod> active)
    {
        if (active.Count <= (set.Spec.Replicas ?? 1)) return [];
        var siblings = set.Metadata.Controller() is null ? [set] : _sets.List(set.Metadata.Namespace)
            .Where(s => s.Metadata.Controller()?.Uid == set.Metadata.Controller()!.Uid);
        var related = siblings.SelectMany(s => ControllerIndex.OwnedBy(_pods, s));
        return active.Order(new DeletionRank(related, Time.GetUtcNow()));
    }

    private async Task WriteStatusAsync(ReplicaSet set, ReplicaSetStatus status, CancellationToken cancellationToken)
    {
        if (status.DeepEquals(set.Status)) return;
        var copy = set.DeepClone();
        copy.Status = status;
        await _setWrites.UpdateStatusAsync(copy, cancellationToken);
    }

    /// <summary>A pod wakes its ReplicaSet; an orphan wakes all that might adopt it.</summary>
    private IEnumerable<ObjectKey> KeysOf(Pod pod)
    {
        if (pod.Metadata.Controller() is not null) return pod.Metadata.ControllerKey("ReplicaSet", "apps");
        return pod.Metadata.DeletionTimestamp is not null
            ? []
            : _sets.List(pod.Metadata.Namespace).Where(s => Selector.From(s.Spec.Selector).Matches(pod.Metadata.Labels)).Select(KeyOf);
    }

    private static bool IsTerminatingNamespace(Exception failure) => failure is StatusException e && e.HasCause("NamespaceTerminating");
}
