using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.GarbageCollection;

/// <summary>
/// Deletes objects whose owners are all gone, and carries out foreground and orphan deletion. Nothing is deleted on the word of
/// a cache: the server is asked for the object and its owners first. Upstream: pkg/controller/garbagecollector.
/// <code>
///   owner deleted ──▶ dependents queued ──▶ every owner absent? delete : drop the dangling references
///   owner + foregroundDeletion ──▶ blocking dependents deleted ──▶ none left? finalizer off
///   owner + orphan ──▶ reference taken off every dependent ──▶ finalizer off
/// </code>
/// </summary>
internal sealed class GarbageCollector : KeyedController<GarbageItem>
{
    private static readonly TimeSpan DiscoveryPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstSyncLimit = TimeSpan.FromSeconds(30);
    private readonly OwnerGraph _graph = new();
    private readonly GarbageActions _actions;
    private readonly CounterValue _failures;
    private readonly CancellationTokenSource _stopDiscovery = new();
    private Task _discovery = Task.CompletedTask;

    public GarbageCollector(ControllerContext context)
        : base("garbage-collector-controller", context, workers: 20)
    {
        _actions = new GarbageActions(context.Client, _graph, Events);
        _failures = context.Metrics.Counter("garbagecollector_controller_resources_sync_error_total", "Number of garbage collector resources sync errors").With();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopDiscovery.CancelAsync();
        await _discovery.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        using var limit = new CancellationTokenSource(FirstSyncLimit, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await Task.WhenAll(_graph.Informers.Select(i => i.WaitForSyncAsync(either.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _failures.Increment();
            Log.LogWarning("Not synced yet: {Resources}", string.Join(", ", _graph.Informers.Where(i => !i.HasSynced).Select(i => i.Resource.GroupResource)));
        }

        _discovery = Task.Run(() => KeepDiscoveringAsync(_stopDiscovery.Token), CancellationToken.None);
    }

    protected override ObjectReference? Subject(GarbageItem key) => _graph.Find(key) is null ? null : _graph.ReferenceTo(key);

    protected override async Task<ReconcileResult> ReconcileAsync(GarbageItem key, CancellationToken cancellationToken)
    {
        if (_graph.Find(key) is { } cached && (IsSettled(cached) || WaitsForDependents(cached))) return ReconcileResult.Done;
        if (await _actions.FindAsync(key, cancellationToken) is not { } live) return ReconcileResult.Done;
        if (live.Metadata.OrphansDependents()) await _actions.OrphanDependentsAsync(key, live, cancellationToken);
        else if (live.Metadata.DeletesDependents() && !IsBlocked(key.Uid)) await _actions.RemoveFinalizerAsync(key, live, Deletions.Foreground, cancellationToken);
        else if (live.Metadata.DeletionTimestamp is null) await CollectAsync(key, live, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Every owner is there, or it goes by itself: by far the most common cases, answered without a request.</summary>
    private bool IsSettled(PartialObject item) => item.Metadata.DeletionTimestamp is null
        ? item.Metadata.OwnerReferences.OrEmpty().All(o => _graph.FindOwner(o, item.Metadata.Namespace) is { } owner && !owner.Metadata.DeletesDependents())
        : !item.Metadata.DeletesDependents() && !item.Metadata.OrphansDependents();

    /// <summary>Its dependents were queued when its deletion began; the last of them that blocks it wakes it.</summary>
    private bool WaitsForDependents(PartialObject item) =>
        item.Metadata.DeletesDependents() && !item.Metadata.OrphansDependents() && IsBlocked(item.Metadata.Uid);

    private bool IsBlocked(string ownerUid) => _graph.DependentsOf(ownerUid).Any(d => Blocks(d.Object, ownerUid));

    private async Task CollectAsync(GarbageItem key, PartialObject live, CancellationToken cancellationToken)
    {
        var owners = await _actions.ClassifyAsync(key, live, cancellationToken);
        if (owners.All.Count == 0 || (owners.Dangling.Count == 0 && owners.Waiting.Count == 0)) return;
        if (owners.Solid.Count > 0)
        {
            await _actions.RemoveOwnersAsync(key, live, [.. owners.Dangling, .. owners.Waiting], cancellationToken);
            return;
        }

        var dependents = _graph.DependentsOf(key.Uid).ToList();
        if (owners.Waiting.Count > 0 && dependents.Count > 0)
        {
            // A circle of objects that wait for each other is broken by letting this one not block its owners any more.
            if (dependents.Exists(d => d.Object.Metadata.DeletesDependents())) await _actions.UnblockOwnersAsync(key, live, cancellationToken);
            await _actions.DeleteAsync(key, live, "Foreground", cancellationToken);
            return;
        }

        var policy = live.Metadata.Has(Deletions.Orphan) ? "Orphan" : live.Metadata.Has(Deletions.Foreground) ? "Foreground" : "Background";
        await _actions.DeleteAsync(key, live, policy, cancellationToken);
    }

    private static bool Blocks(PartialObject dependent, string ownerUid) =>
        dependent.Metadata.OwnerReferences.OrEmpty().Any(o => o.Uid == ownerUid && o.BlockOwnerDeletion == true);

    /// <summary>A change of one object concerns it, its dependents when it goes, and owners that wait for it.</summary>
    private void OnChange(GroupVersionResource resource, PartialObject? old, PartialObject? current)
    {
        if (old is not null && current is not null && old.Metadata.MeansTheSameAs(current.Metadata)) return;
        if (current is null || (current.Metadata.DeletesDependents() && old?.Metadata.DeletesDependents() != true)) QueueDependents((current ?? old)!.Metadata.Uid);
        if (current is not null && !IsSettled(current)) Queue.Add(OwnerGraph.ItemOf(resource, current));
        foreach (var reference in (old?.Metadata.OwnerReferences).OrEmpty())
            if (reference.BlockOwnerDeletion == true) WakeWaitingOwner(reference, old!.Metadata.Namespace);
    }

    private void QueueDependents(string uid)
    {
        foreach (var (item, _) in _graph.DependentsOf(uid)) Queue.Add(item);
    }

    private void WakeWaitingOwner(OwnerReference reference, string ns)
    {
        if (_graph.FindOwner(reference, ns)?.Metadata.DeletesDependents() == true && _graph.ItemOf(reference, ns) is { } item)
            Queue.Add(item with { Resource = _graph.Watched(item.Resource) });
    }

    private async Task KeepDiscoveringAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Task.Delay(DiscoveryPeriod, Time, cancellationToken);
                await RefreshAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failures.Increment();
                Log.LogWarning("Discovery failed, going on with what is known: {Reason}", e.Message);
            }
        }
    }

    /// <summary>Starts to watch what is served now; stops for what is not, unless its group just did not answer.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var served = await Client.Discovery.ResourcesAsync(cancellationToken);
        _graph.SetKinds(served.Resources);
        var wanted = served.Preferred().Where(r => r.Resource.Resource != "events"
            && r.Can(ApiVerbs.Delete) && r.Can(ApiVerbs.List) && r.Can(ApiVerbs.Watch)).Select(r => r.Resource).ToHashSet();
        foreach (var resource in wanted.Except(_graph.Resources).ToList()) Follow(resource);
        foreach (var resource in _graph.Resources.Except(wanted).Where(r => !served.Failed.Contains(r.ApiVersion)).ToList())
        {
            _graph.Remove(resource);
            Context.Informers.DropMetadata(resource);
        }
    }

    private void Follow(GroupVersionResource resource)
    {
        var informer = Context.Informers.Metadata(resource);
        _graph.Add(informer);
        informer.Subscribe((old, current) => OnChange(resource, old, current));
    }
}
