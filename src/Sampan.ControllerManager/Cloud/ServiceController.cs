using System.Collections.Concurrent;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Gives Services of type LoadBalancer a load balancer of the provider. The provider is asked only when something has changed that a
/// balancer knows of. Upstream: k8s.io/cloud-provider/controllers/service.
/// </summary>
internal sealed class ServiceController : Controller
{
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";
    private static readonly TimeSpan ConflictRetry = TimeSpan.FromMilliseconds(100);
    private readonly ILoadBalancers _balancers;
    private readonly Informer<Service> _services;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Service> _writes;
    private readonly CloudMetrics _metrics;
    private readonly ConcurrentDictionary<ObjectKey, bool> _changed = new();
    private readonly ConcurrentDictionary<ObjectKey, (Service Service, HashSet<(string, string?)> Nodes)> _made = new();

    public ServiceController(ControllerContext context, ILoadBalancers balancers, int workers = 1)
        : base("service-controller", context, workers, firstRetry: TimeSpan.FromSeconds(5), longestRetry: TimeSpan.FromSeconds(300))
    {
        _balancers = balancers;
        _services = Watch(context.Informers.For<Service>(), OnService);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_services);
        _metrics = new CloudMetrics(context.Metrics);
    }

    /// <summary>A provider that fails is not asked again and again; that somebody else wrote the Service says nothing of it.</summary>
    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var isChanged = _changed.TryRemove(key, out _);
        try
        {
            await SyncAsync(key, isChanged, cancellationToken);
            return ReconcileResult.Done;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _changed[key] = true;
            if (e is StatusException { IsConflict: true }) return ReconcileResult.RequeueAfter(ConflictRetry);
            throw;
        }
    }

    private async Task SyncAsync(ObjectKey key, bool isChanged, CancellationToken cancellationToken)
    {
        var service = _services.Get(key);
        if (_made.TryGetValue(key, out var made) && made.Service.Metadata.Uid != service?.Metadata.Uid) await GiveBackAsync(key, made.Service, cancellationToken);
        if (service is null) return;
        if (!ServiceChanges.Wants(service))
        {
            if (ServiceChanges.HasFinalizer(service)) await TellAsync(service, () => CleanUpAsync(key, service, cancellationToken));
        }
        else if (isChanged) await TellAsync(service, () => EnsureAsync(key, service, cancellationToken));
        else await UpdateNodesAsync(key, service, cancellationToken);
    }

    private async Task TellAsync(Service service, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not (OperationCanceledException or StatusException { IsConflict: true }))
        {
            Events.Event(service, "Warning", "SyncLoadBalancerFailed", $"Error syncing load balancer: {e.Message}");
            throw;
        }
    }

    /// <summary>The finalizer comes first: what is made is given back, whatever happens in between.</summary>
    private async Task EnsureAsync(ObjectKey key, Service service, CancellationToken cancellationToken)
    {
        Events.Event(service, "Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
        if (!ServiceChanges.HasFinalizer(service))
        {
            var marked = service.DeepClone();
            (marked.Metadata.Finalizers ??= []).Add(Finalizer);
            service = await _writes.UpdateAsync(marked, cancellationToken);
        }

        var nodes = Nodes();
        if (nodes.Count == 0) TellNoNodes(service);
        _made[key] = (service, LoadBalancerNodes.IdentityOf(nodes));
        _metrics.BalancerMade();
        var status = await DoAsync("ensure load balancer", () => _balancers.EnsureAsync(service, nodes, cancellationToken));
        await WriteStatusAsync(service, status, cancellationToken);
        Events.Event(service, "Normal", "EnsuredLoadBalancer", "Ensured load balancer");
    }

    private async Task UpdateNodesAsync(ObjectKey key, Service service, CancellationToken cancellationToken)
    {
        var nodes = Nodes();
        var identity = LoadBalancerNodes.IdentityOf(nodes);
        if (!_made.TryGetValue(key, out var made) || made.Nodes.SetEquals(identity)) return;
        var started = Time.GetTimestamp();
        try
        {
            await _balancers.UpdateAsync(service, nodes, cancellationToken);
            _metrics.NodesGiven(Time.GetElapsedTime(started), failed: false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _metrics.NodesGiven(Time.GetElapsedTime(started), failed: true);
            if (!await _balancers.ExistsAsync(service, cancellationToken)) return;
            Events.Event(
                service, "Warning", "UpdateLoadBalancerFailed",
                $"Error updating load balancer with new hosts [{Names(nodes)}] [node names limited, total number of nodes: {nodes.Count}], error: {e.Message}");
            throw;
        }

        _made[key] = (service, identity);
        if (nodes.Count == 0) TellNoNodes(service);
        else Events.Event(service, "Normal", "UpdatedLoadBalancer", "Updated load balancer with new hosts");
    }

    private async Task CleanUpAsync(ObjectKey key, Service service, CancellationToken cancellationToken)
    {
        if (await DoAsync("check if load balancer exists before cleanup", () => _balancers.ExistsAsync(service, cancellationToken)))
        {
            Events.Event(service, "Normal", "DeletingLoadBalancer", "Deleting load balancer");
            await DoAsync("delete load balancer", async () =>
            {
                await _balancers.DeleteAsync(service, cancellationToken);
                return true;
            });
        }

        _made.TryRemove(key, out _);
        await WriteStatusAsync(service, new LoadBalancerStatus(), cancellationToken);
        var copy = (await Direct(_services).FindAsync(service.Metadata.Namespace, service.Metadata.Name, cancellationToken))?.DeepClone();
        if (copy?.Metadata.Uid == service.Metadata.Uid && copy.Metadata.Finalizers?.Remove(Finalizer) == true) await _writes.UpdateAsync(copy, cancellationToken);
        Events.Event(service, "Normal", "DeletedLoadBalancer", "Deleted load balancer");
    }

    /// <summary>Of a Service that went without its finalizer, which somebody has taken away.</summary>
    private async Task GiveBackAsync(ObjectKey key, Service gone, CancellationToken cancellationToken)
    {
        Events.Event(gone, "Normal", "DeletingLoadBalancer", "Deleting load balancer");
        try
        {
            await _balancers.DeleteAsync(gone, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Events.Event(gone, "Warning", "DeleteLoadBalancerFailed", $"Error deleting load balancer: {e.Message}");
            throw;
        }

        _made.TryRemove(key, out _);
        Events.Event(gone, "Normal", "DeletedLoadBalancer", "Deleted load balancer");
    }

    private async Task WriteStatusAsync(Service service, LoadBalancerStatus status, CancellationToken cancellationToken)
    {
        if (status.DeepEquals(service.Status.LoadBalancer)) return;
        var copy = service.DeepClone();
        copy.Status.LoadBalancer = status;
        await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    /// <summary>What the provider says is passed on with what was asked of it.</summary>
    private static async Task<T> DoAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"failed to {what}: {e.Message}", e);
        }
    }

    private List<Node> Nodes() => [.. _nodes.List().Where(LoadBalancerNodes.Has)];

    private static string Names(List<Node> nodes)
    {
        const int shown = 20;
        var names = nodes.Select(n => n.Metadata.Name).Order(StringComparer.Ordinal).Take(shown);
        return string.Join(' ', nodes.Count > shown ? names.Append($"<{nodes.Count - shown} more>") : names);
    }

    private void TellNoNodes(Service service) => Events.Event(service, "Warning", "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");

    private void OnService(Service? old, Service? current)
    {
        if (current is not null)
        {
            if (!ServiceChanges.Matter(old, current)) return;
            _changed[KeyOf(current)] = true;
        }

        Queue.Add(KeyOf((current ?? old)!));
    }

    private void OnNode(Node? old, Node? current)
    {
        if (!LoadBalancerNodes.Matters(old, current)) return;
        foreach (var service in _services.List().Where(ServiceChanges.Wants)) Queue.Add(KeyOf(service));
    }
}
