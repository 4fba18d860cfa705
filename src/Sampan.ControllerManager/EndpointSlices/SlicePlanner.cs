using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Works out which slices of a Service have to change: from all of its pods, or from those that changed.</summary>
internal sealed class SlicePlanner(Informer<Pod> pods, Informer<Node> nodes, SliceReconciler slices, TopologyHints hints, TriggerTimes times)
{
    private volatile Func<IReadOnlyDictionary<string, double>?> _shares = () => null;

    /// <summary>Says where to ask for each zone's share of the CPUs from now on.</summary>
    public void UseShares(Func<IReadOnlyDictionary<string, double>?> shares) => _shares = shares;

    public SlicePlan Whole(Service service, List<EndpointSlice> known, ICollection<Pod> withoutNode)
    {
        var all = pods.List(service.Metadata.Namespace).Where(p => ServiceSelectors.Selects(service, p)).ToList();
        var listed = Listed(service, all, withoutNode);
        var desired = new List<SliceGroup>();
        foreach (var family in ServiceEndpoints.FamiliesOf(service))
        {
            var groups = ServiceEndpoints.GroupsOf(service, listed, family, ZoneOf);
            hints.Apply(service, family, [.. groups.SelectMany(g => g.Endpoints)], _shares, HintsOf(known));
            desired.AddRange(groups.Count > 0 ? groups : [new SliceGroup(family, [], [])]);
        }

        return slices.Plan(SliceTemplate.ForService(service, EndpointSliceController.ManagedBy), desired, times.Next(service, all));
    }

    /// <summary>Null when the change is more than some endpoints of some slices: the first or the last one, say.</summary>
    public SlicePlan? Part(Service service, PlacedEndpoints placed, IReadOnlySet<string> changed, List<EndpointSlice> known, ICollection<Pod> withoutNode)
    {
        if (TopologyHints.IsAuto(service) || known.Exists(s => s.Endpoints is null or { Count: 0 })) return null;
        var now = changed.Select(name => pods.Get(service.Metadata.Namespace, name)).OfType<Pod>().Where(p => ServiceSelectors.Selects(service, p)).ToList();
        var listed = Listed(service, now, withoutNode);
        times.Forget(new(service.Metadata.Namespace, service.Metadata.Name), changed.Except(now.Select(p => p.Metadata.Name)));
        var plan = new SlicePlan(SliceTemplate.ForService(service, EndpointSliceController.ManagedBy), times.Next(service, now), slices.Limit);
        foreach (var family in ServiceEndpoints.FamiliesOf(service))
        {
            var groups = ServiceEndpoints.GroupsOf(service, listed, family, ZoneOf);
            hints.Apply(service, family, [.. groups.SelectMany(g => g.Endpoints)], _shares, _ => null);
            if (!Fit(plan, groups, changed, placed, known.FindAll(s => s.AddressType == family), family)) return null;
        }

        plan.Recycle();
        return plan;
    }

    private static bool Fit(
        SlicePlan plan, List<SliceGroup> groups, IReadOnlySet<string> changed, PlacedEndpoints placed, List<EndpointSlice> known, string family)
    {
        var touched = changed.Select(pod => placed.SliceOf(pod, family)).OfType<string>().ToHashSet();
        foreach (var slice in known.Where(s => touched.Contains(s.Metadata.Name)))
            if (!groups.Exists(g => g.Holds(slice))) groups.Add(new SliceGroup(family, slice.Ports ?? [], []));
        foreach (var group in groups)
        {
            var same = known.ToLookup(s => group.Holds(s) ? touched.Contains(s.Metadata.Name) : (bool?)null);
            var kept = same[true].SelectMany(s => s.Endpoints!).Where(e => e.TargetRef?.Name is not { } pod || !changed.Contains(pod));
            var wanted = group with { Endpoints = [.. kept, .. group.Endpoints] };
            if (wanted.Endpoints.Count == 0 && !same[false].Any()) return false;
            plan.Fit(wanted, [.. same[true]], [.. same[false]]);
        }

        return true;
    }

    /// <summary>
    /// Leaves out pods of nodes that are not there (any more): a reference to one of those would be refused, or stay for ever.
    /// </summary>
    private List<Pod> Listed(Service service, List<Pod> candidates, ICollection<Pod> withoutNode)
    {
        var listed = new List<Pod>(candidates.Count);
        foreach (var pod in candidates)
        {
            if (service.Spec.PublishNotReadyAddresses || string.IsNullOrEmpty(pod.Spec.NodeName) || nodes.Get("", pod.Spec.NodeName) is not null) listed.Add(pod);
            else if (!ServiceEndpoints.IsOver(pod)) withoutNode.Add(pod);
        }

        return listed;
    }

    private string? ZoneOf(string? node) => node is null ? null
        : nodes.Get("", node)?.Metadata.Labels?.GetValueOrDefault(ZoneShares.Label) is { Length: > 0 } zone ? zone : null;

    private static Func<Endpoint, string?> HintsOf(List<EndpointSlice> known)
    {
        Dictionary<(string Address, string? Uid), string>? zones = null;
        return endpoint =>
        {
            zones ??= known.SelectMany(s => s.Endpoints.OrEmpty())
                .Where(e => e.Hints?.ForZones is { Count: 1 }).DistinctBy(Id).ToDictionary(Id, e => e.Hints!.ForZones![0].Name);
            return zones.GetValueOrDefault(Id(endpoint));
        };

        static (string, string?) Id(Endpoint endpoint) => (endpoint.Addresses[0], endpoint.TargetRef?.Uid);
    }
}
