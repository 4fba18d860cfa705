using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Gives Services of type LoadBalancer a load balancer of the provider. Upstream: k8s.io/cloud-provider/controllers/service.
/// </summary>
internal sealed class ServiceController : Controller
{
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";
    private const string ExcludedNode = "node.kubernetes.io/exclude-from-external-load-balancers";
    private readonly ILoadBalancers _balancers;
    private readonly Informer<Service> _services;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Service> _writes;

    public ServiceController(ControllerContext context, ILoadBalancers balancers)
        : base("service-controller", context)
    {
        _balancers = balancers;
        _services = Watch<Service>(s => [KeyOf(s)]);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_services);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_services.Get(key) is not { } service) return ReconcileResult.Done;
        try
        {
            if (IsWanted(service)) await EnsureAsync(service, cancellationToken);
            else if (HasFinalizer(service)) await CleanUpAsync(service, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StatusException { IsConflict: true }))
        {
            Events.Event(service, "Warning", "SyncLoadBalancerFailed", $"Error syncing load balancer: {e.Message}");
            throw;
        }

        return ReconcileResult.Done;
    }

    /// <summary>The finalizer comes first: what is made is given back, whatever happens in between.</summary>
    private async Task EnsureAsync(Service service, CancellationToken cancellationToken)
    {
        if (!HasFinalizer(service))
        {
            var marked = service.DeepClone();
            (marked.Metadata.Finalizers ??= []).Add(Finalizer);
            service = await _writes.UpdateAsync(marked, cancellationToken);
        }

        if (service.Status.LoadBalancer.Ingress is not { Count: > 0 }) Events.Event(service, "Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
        var status = await _balancers.EnsureAsync(service, [.. _nodes.List().Where(IsTarget)], cancellationToken);
        if (!await WriteStatusAsync(service, status, cancellationToken)) return;
        Events.Event(service, "Normal", "EnsuredLoadBalancer", "Ensured load balancer");
    }

    private async Task CleanUpAsync(Service service, CancellationToken cancellationToken)
    {
        Events.Event(service, "Normal", "DeletingLoadBalancer", "Deleting load balancer");
        await _balancers.DeleteAsync(service, cancellationToken);
        await WriteStatusAsync(service, new LoadBalancerStatus(), cancellationToken);
        var copy = (await Direct(_services).GetAsync(service.Metadata.Namespace, service.Metadata.Name, cancellationToken)).DeepClone();
        if (copy.Metadata.Uid != service.Metadata.Uid || copy.Metadata.Finalizers?.Remove(Finalizer) != true) return;
        await _writes.UpdateAsync(copy, cancellationToken);
        Events.Event(service, "Normal", "DeletedLoadBalancer", "Deleted load balancer");
    }

    /// <summary>Answers whether there was anything to write.</summary>
    private async Task<bool> WriteStatusAsync(Service service, LoadBalancerStatus status, CancellationToken cancellationToken)
    {
        if (status.DeepEquals(service.Status.LoadBalancer)) return false;
        var copy = service.DeepClone();
        copy.Status.LoadBalancer = status;
        await _writes.UpdateStatusAsync(copy, cancellationToken);
        return true;
    }

    /// <summary>A Service with a class belongs to whoever knows that class.</summary>
    private static bool IsWanted(Service service) =>
        service is { Spec: { Type: "LoadBalancer", LoadBalancerClass: null }, Metadata.DeletionTimestamp: null };

    private static bool HasFinalizer(Service service) => service.Metadata.Finalizers?.Contains(Finalizer) == true;

    private static bool IsTarget(Node node) =>
        node.Metadata.Labels?.ContainsKey(ExcludedNode) != true
        && node.Metadata.DeletionTimestamp is null
        && node.Spec.Taints?.Exists(t => t.Key is "ToBeDeletedByClusterAutoscaler" or CloudNodeController.Uninitialized) != true
        && node.Status.Conditions?.Find(c => c.Type == "Ready")?.Status == "True";

    /// <summary>A load balancer sends to all nodes that can take traffic.</summary>
    private void OnNode(Node? old, Node? current)
    {
        if ((old is not null && IsTarget(old)) == (current is not null && IsTarget(current))) return;
        foreach (var service in _services.List().Where(IsWanted)) Queue.Add(KeyOf(service));
    }
}
