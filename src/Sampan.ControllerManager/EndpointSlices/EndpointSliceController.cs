using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Lists the pods behind each Service in EndpointSlices. What is known of a Service is kept, so that a pod that changes costs the
/// slice it is in, not all of them. Upstream: pkg/controller/endpointslice.
/// </summary>
internal sealed class EndpointSliceController : Controller
{
    public const string ManagedBy = "endpointslice-controller.k8s.io";
    private readonly Informer<Service> _services;
    private readonly Informer<Node> _nodes;
    private readonly SliceReconciler _slices;
    private readonly ServiceSelectors _selectors;
    private readonly ServiceSliceMetrics _metrics;
    private readonly TopologyHints _hints;
    private readonly SlicePlanner _planner;
    private readonly TriggerTimes _times = new();
    private readonly ChangedPods _changed = new();
    private readonly ConcurrentDictionary<ObjectKey, PlacedEndpoints> _placed = [];
    private int _topology;

    public EndpointSliceController(ControllerContext context, int maxEndpoints = SliceReconciler.DefaultLimit)
        : base("endpointslice-controller", context)
    {
        _metrics = new ServiceSliceMetrics(context.Metrics);
        _metrics.Observe(() => (_placed.Values.Sum(p => p.Endpoints), _placed.Values.Sum(p => p.Slices), _placed.Values.Sum(p => p.FewestSlices(maxEndpoints))));
        _services = Watch<Service>(s => [KeyOf(s)]);
        ServiceSliceMetrics.Observe(context.Metrics, _services.List);
        _selectors = new ServiceSelectors(_services);
        var pods = Watch(context.Informers.For<Pod>(), OnPod);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        var slices = Watch<EndpointSlice>(SliceOwner);
        SliceReconciler.AddIndex(slices);
        _slices = new SliceReconciler(slices, Writes(slices), _metrics, ManagedBy, maxEndpoints);
        _hints = new TopologyHints(Events);
        _planner = new SlicePlanner(pods, _nodes, _slices, _hints, _times);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var changed = _changed.Take(key);
        // What is known is kept again only after success: after a failure everything is looked at.
        _placed.TryRemove(key, out var placed);
        if (_services.Get(key) is not { } service || service.Spec.Type == "ExternalName" || !ServiceSelectors.HasSelector(service))
        {
            // The garbage collector removes the slices of a deleted Service; one that lost its selector keeps what others put there.
            _hints.Forget(key);
            _times.Forget(key);
            return ReconcileResult.Done;
        }

        var withoutNode = new List<Pod>();
        var isDone = false;
        try
        {
            if (await ReconcileAsync(service, placed, changed, withoutNode, cancellationToken) is { } now) _placed[key] = now;
            isDone = withoutNode.Count == 0;
            if (!isDone) throw new StatusException($"skipping Pod {withoutNode[0].Metadata.Name} for Service {key}: Node {withoutNode[0].Spec.NodeName} Not Found");
            return ReconcileResult.Done;
        }
        catch (StatusException e)
        {
            foreach (var pod in withoutNode) _changed.Add(key, pod.Metadata.Name);
            Events.Event(service, "Warning", "FailedToUpdateEndpointSlices", $"Error updating Endpoint Slices for Service {key}: {e.Message}");
            throw;
        }
        finally
        {
            _metrics.Synced(isDone);
        }
    }

    /// <summary>Null when nothing can be kept up: the namespace is going.</summary>
    private async Task<PlacedEndpoints?> ReconcileAsync(
        Service service, PlacedEndpoints? placed, IReadOnlySet<string> changed, List<Pod> withoutNode, CancellationToken cancellationToken)
    {
        var topology = Volatile.Read(ref _topology);
        var known = _slices.Known(service.Metadata.Namespace, service.Metadata.Name);
        SlicePlan? plan = null;
        if (placed?.AreCurrent(service, topology, known) == true)
        {
            if (changed.Count == 0) return placed;
            plan = _planner.Part(service, placed, changed, known, withoutNode);
        }

        if (plan is null)
        {
            withoutNode.Clear();
            plan = _planner.Whole(service, known, withoutNode);
            placed = new PlacedEndpoints(service, topology, known);
        }

        // One that is going gets no new slices: nobody would remove them.
        if (service.Metadata.DeletionTimestamp is not null) plan.Create.Clear();
        if (await _slices.WriteAsync(plan, cancellationToken) is not { } written) return null;
        foreach (var slice in written) placed!.Put(slice, known.Find(s => s.Metadata.Name == slice.Metadata.Name));
        foreach (var slice in plan.Delete) placed!.Remove(slice);
        return placed!;
    }

    private void OnPod(Pod? old, Pod? current)
    {
        foreach (var service in _selectors.Concerned(old, current))
        {
            _changed.Add(service, (current ?? old)!.Metadata.Name);
            Queue.Add(service);
        }
    }

    /// <summary>A node's zone is part of its pods' endpoints, and how many CPUs a zone has decides what balanced Services hint.</summary>
    private void OnNode(Node? old, Node? current)
    {
        var isMoved = old?.Metadata.Labels?.GetValueOrDefault(ZoneShares.Label) != current?.Metadata.Labels?.GetValueOrDefault(ZoneShares.Label);
        var isResized = ZoneShares.FactsOf(old) != ZoneShares.FactsOf(current);
        if (isResized)
        {
            var shares = new Lazy<IReadOnlyDictionary<string, double>?>(() => ZoneShares.Of(_nodes.List()));
            _planner.UseShares(() => shares.Value);
        }

        if (!isMoved && !isResized) return;
        Interlocked.Increment(ref _topology);
        foreach (var service in _services.List().Where(s => isMoved || TopologyHints.IsAuto(s))) Queue.Add(KeyOf(service));
    }

    private static IEnumerable<ObjectKey> SliceOwner(EndpointSlice slice)
    {
        var labels = slice.Metadata.Labels.OrEmpty();
        return labels.GetValueOrDefault(SliceLabels.ManagedBy) == ManagedBy && labels.GetValueOrDefault(SliceLabels.ServiceName) is { } name
            ? [new ObjectKey(slice.Metadata.Namespace, name)]
            : [];
    }
}
