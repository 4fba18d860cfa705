using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.EndpointSlices;
using CoreEndpoints = Sampan.Api.Core.V1.Endpoints;

namespace Sampan.ControllerManager.LegacyEndpoints;

/// <summary>Lists the pods behind each Service in the older Endpoints object. Upstream: pkg/controller/endpoint.</summary>
internal sealed class EndpointsController : Controller
{
    private const string ManagedBy = "endpoints.kubernetes.io/managed-by";
    private const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
    private readonly Informer<Service> _services;
    private readonly Informer<Pod> _pods;
    private readonly Informer<CoreEndpoints> _endpoints;
    private readonly OwnWrites<CoreEndpoints> _writes;

    public EndpointsController(ControllerContext context)
        : base("endpoints-controller", context)
    {
        _services = Watch<Service>(s => [KeyOf(s)]);
        _pods = Watch(context.Informers.For<Pod>(), OnPod);
        _endpoints = Watch<CoreEndpoints>(e => [KeyOf(e)]);
        _writes = Writes(_endpoints);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var known = _endpoints.Get(key);
        if (_services.Get(key) is not { } service)
        {
            if (known is not null && IsOurs(known)) await _writes.DeleteAsync(known, null, cancellationToken);
            return ReconcileResult.Done;
        }

        if (service.Spec.Type == "ExternalName" || service.Spec.Selector is null || service.Metadata.DeletionTimestamp is not null)
            return ReconcileResult.Done;
        var selector = Selector.FromLabels(service.Spec.Selector);
        var pods = _pods.List(key.Namespace).Where(p => selector.Matches(p.Metadata.Labels)).ToList();
        await WriteAsync(known, Wanted(known, service, pods), pods, service, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task WriteAsync(
        CoreEndpoints? known, CoreEndpoints wanted, List<Pod> pods, Service service, CancellationToken cancellationToken)
    {
        if (known is not null && wanted.DeepEquals(known)) return;
        if (ServiceEndpoints.LastChange(service, pods) is { } at)
            (wanted.Metadata.Annotations ??= [])[SliceLabels.LastChange] = $"{new Time(at)}";
        if (known is null) await _writes.CreateAsync(wanted, cancellationToken);
        else await _writes.UpdateAsync(wanted, cancellationToken);
    }

    /// <summary>The stored object with the wanted content put in, so that equality means nothing to write.</summary>
    private static CoreEndpoints Wanted(CoreEndpoints? known, Service service, List<Pod> pods)
    {
        var wanted = known?.DeepClone() ?? new CoreEndpoints
        {
            Metadata = new ObjectMeta { Name = service.Metadata.Name, Namespace = service.Metadata.Namespace },
        };
        var truncated = EndpointSubsets.Build(service, pods, out var subsets);
        wanted.Subsets = subsets.Count > 0 ? subsets : null;
        var labels = service.Metadata.Labels.OrEmpty().ToDictionary(l => l.Key, l => l.Value);
        labels[ManagedBy] = "endpoint-controller";
        if (service.Spec.ClusterIP == "None") labels[SliceLabels.Headless] = "";
        else labels.Remove(SliceLabels.Headless);
        wanted.Metadata.Labels = labels;
        if (truncated) (wanted.Metadata.Annotations ??= [])[OverCapacity] = "truncated";
        else wanted.Metadata.Annotations?.Remove(OverCapacity);
        return wanted;
    }

    /// <summary>Only what this controller made goes with its Service; election records and users' own objects stay.</summary>
    private static bool IsOurs(CoreEndpoints endpoints) => endpoints.Metadata.Labels?.GetValueOrDefault(ManagedBy) == "endpoint-controller";

    private void OnPod(Pod? old, Pod? current)
    {
        if (old is not null && current is not null && !PodChange.MattersToServices(old, current)) return;
        var pod = (current ?? old)!;
        foreach (var service in _services.List(pod.Metadata.Namespace))
        {
            if (service.Spec.Selector is not { Count: > 0 } labels) continue;
            var selector = Selector.FromLabels(labels);
            if (selector.Matches(pod.Metadata.Labels) || (old is not null && selector.Matches(old.Metadata.Labels))) Queue.Add(KeyOf(service));
        }
    }
}
