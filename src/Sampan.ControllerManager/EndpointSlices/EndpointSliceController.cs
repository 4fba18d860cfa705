using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Lists the pods behind each Service in EndpointSlices. Upstream: pkg/controller/endpointslice.</summary>
internal sealed class EndpointSliceController : Controller
{
    public const string ManagedBy = "endpointslice-controller.k8s.io";
    private readonly Informer<Service> _services;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly SliceReconciler _slices;
    private readonly TopologyHints _hints;
    private volatile Lazy<IReadOnlyDictionary<string, double>?> _shares = new(() => null);

    public EndpointSliceController(ControllerContext context)
        : base("endpointslice-controller", context)
    {
        _services = Watch<Service>(s => [KeyOf(s)]);
        _pods = Watch(context.Informers.For<Pod>(), OnPod);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        var slices = Watch<EndpointSlice>(SliceOwner);
        SliceReconciler.AddIndex(slices);
        _slices = new SliceReconciler(slices, Writes(slices), ManagedBy);
        _hints = new TopologyHints(Events);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var service = _services.Get(key);
        if (service is null || service.Metadata.DeletionTimestamp is not null || service.Spec.Type == "ExternalName" || service.Spec.Selector is null)
        {
            // The garbage collector removes the slices of a deleted Service; one that lost its selector keeps what others put there.
            _hints.Forget(key);
            return ReconcileResult.Done;
        }

        var selector = Selector.FromLabels(service.Spec.Selector);
        var pods = _pods.List(key.Namespace).Where(p => selector.Matches(p.Metadata.Labels)).ToList();
        var desired = new List<SliceGroup>();
        foreach (var family in Families(service))
        {
            var groups = ServiceEndpoints.GroupsOf(service, pods, family, ZoneOf);
            _hints.Apply(service, family, [.. groups.SelectMany(g => g.Endpoints)], () => _shares.Value, HintsOf(service));
            desired.AddRange(groups);
        }

        var template = SliceTemplate.ForService(service, ManagedBy);
        await _slices.ReconcileAsync(template, desired, ServiceEndpoints.LastChange(service, pods), cancellationToken);
        return ReconcileResult.Done;
    }

    private string? ZoneOf(string? node) => node is null ? null
        : _nodes.Get("", node)?.Metadata.Labels?.GetValueOrDefault("topology.kubernetes.io/zone") is { Length: > 0 } zone ? zone : null;

    private static IEnumerable<string> Families(Service service) =>
        service.Spec.IpFamilies is { Count: > 0 } families ? families : ["IPv4"];

    private void OnPod(Pod? old, Pod? current)
    {
        if (old is not null && current is not null && !PodChange.MattersToServices(old, current)) return;
        var pod = (current ?? old)!;
        var labelSets = new[] { old?.Metadata.Labels, current?.Metadata.Labels };
        foreach (var service in _services.List(pod.Metadata.Namespace))
        {
            if (service.Spec.Selector is not { Count: > 0 } labels) continue;
            var selector = Selector.FromLabels(labels);
            if (Array.Exists(labelSets, l => l is not null && selector.Matches(l))) Queue.Add(KeyOf(service));
        }
    }

    /// <summary>A node's zone is part of its pods' endpoints, and how many CPUs a zone has decides what balanced Services hint.</summary>
    private void OnNode(Node? old, Node? current)
    {
        var isMoved = old?.Metadata.Labels?.GetValueOrDefault(ZoneShares.Label) != current?.Metadata.Labels?.GetValueOrDefault(ZoneShares.Label);
        var isResized = ZoneShares.FactsOf(old) != ZoneShares.FactsOf(current);
        if (isResized) _shares = new(() => ZoneShares.Of(_nodes.List()));
        if (!isMoved && !isResized) return;
        foreach (var service in _services.List().Where(s => isMoved || TopologyHints.IsAuto(s))) Queue.Add(KeyOf(service));
    }

    private Func<Endpoint, string?> HintsOf(Service service)
    {
        Dictionary<(string Address, string? Uid), string>? known = null;
        return endpoint =>
        {
            known ??= _slices.Known(service.Metadata.Namespace, service.Metadata.Name).SelectMany(s => s.Endpoints.OrEmpty())
                .Where(e => e.Hints?.ForZones is { Count: 1 }).DistinctBy(Id).ToDictionary(Id, e => e.Hints!.ForZones![0].Name);
            return known.GetValueOrDefault(Id(endpoint));
        };

        static (string, string?) Id(Endpoint endpoint) => (endpoint.Addresses[0], endpoint.TargetRef?.Uid);
    }

    private static IEnumerable<ObjectKey> SliceOwner(EndpointSlice slice)
    {
        var labels = slice.Metadata.Labels.OrEmpty();
        return labels.GetValueOrDefault(SliceLabels.ManagedBy) == ManagedBy && labels.GetValueOrDefault(SliceLabels.ServiceName) is { } name
            ? [new ObjectKey(slice.Metadata.Namespace, name)]
            : [];
    }
}
