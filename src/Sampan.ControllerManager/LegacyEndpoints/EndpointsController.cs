using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
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
    private readonly ServiceSelectors _selectors;
    private readonly TriggerTimes _times = new();
    private readonly ChangedPods _changed = new();
    private readonly ConcurrentDictionary<ObjectKey, EndpointSubsets> _subsets = [];

    public EndpointsController(ControllerContext context)
        : base("endpoints-controller", context)
    {
        _services = Watch<Service>(s => [KeyOf(s)]);
        _selectors = new ServiceSelectors(_services);
        _pods = Watch(context.Informers.For<Pod>(), OnPod);
        _endpoints = Watch<CoreEndpoints>(e => [KeyOf(e)]);
        _writes = Writes(_endpoints);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var (known, changed) = (_endpoints.Get(key), _changed.Take(key));
        if (_services.Get(key) is not { } service)
        {
            Forget(key);
            if (known is not null && IsOurs(known)) await _writes.DeleteAsync(known, null, cancellationToken);
            return ReconcileResult.Done;
        }

        if (service.Spec.Type == "ExternalName" || !ServiceSelectors.HasSelector(service))
        {
            Forget(key);
            return ReconcileResult.Done;
        }

        var changedAt = Follow(key, service, changed);
        await WriteAsync(service, known, changedAt, cancellationToken);
        return ReconcileResult.Done;
    }

    private void Forget(ObjectKey key)
    {
        _subsets.TryRemove(key, out _);
        _times.Forget(key);
    }

    /// <summary>Brings what is known of the Service's pods up to date; returns the cause of what is new.</summary>
    private DateTimeOffset? Follow(ObjectKey key, Service service, IReadOnlySet<string> changed)
    {
        List<Pod> pods;
        if (_subsets.TryGetValue(key, out var subsets) && subsets.AreOf(service))
        {
            pods = changed.Select(name => _pods.Get(key.Namespace, name)).OfType<Pod>().Where(p => ServiceSelectors.Selects(service, p)).ToList();
            var gone = changed.Except(pods.Select(p => p.Metadata.Name)).ToList();
            foreach (var name in gone) subsets.Remove(name);
            _times.Forget(key, gone);
        }
        else
        {
            _subsets[key] = subsets = new EndpointSubsets(service);
            pods = _pods.List(key.Namespace).Where(p => ServiceSelectors.Selects(service, p)).ToList();
        }

        foreach (var pod in pods) subsets.Put(pod);
        return _times.Next(service, pods);
    }

    private async Task WriteAsync(Service service, CoreEndpoints? known, DateTimeOffset? changedAt, CancellationToken cancellationToken)
    {
        var (subsets, isTruncated) = _subsets[KeyOf(service)].Build();
        var labels = LabelsOf(service);
        if (known is not null && IsSame(known, subsets, labels, isTruncated)) return;
        var wanted = new CoreEndpoints
        {
            Metadata = known?.Metadata.DeepClone() ?? new ObjectMeta { Name = service.Metadata.Name, Namespace = service.Metadata.Namespace },
            Subsets = subsets.Count > 0 ? subsets.ConvertAll(s => s.DeepClone()) : null,
        };
        wanted.Metadata.Labels = labels;
        Annotate(wanted.Metadata, OverCapacity, isTruncated ? "truncated" : null);
        Annotate(wanted.Metadata, SliceLabels.LastChange, changedAt is { } at ? $"{new Time(at)}" : null);
        try
        {
            if (known is null) await _writes.CreateAsync(wanted, cancellationToken);
            else await _writes.UpdateAsync(wanted, cancellationToken);
        }
        catch (StatusException e) when (known is null && e.HasCause("NamespaceTerminating"))
        {
            // Nothing new is taken there, and nobody looks for it any more.
        }
        catch (StatusException e) when (known is null ? !e.IsAlreadyExists : !e.IsConflict)
        {
            if (known is null) Events.Event(wanted, "Warning", "FailedToCreateEndpoint", $"Failed to create endpoint for service {KeyOf(service)}: {e.Message}");
            else Events.Event(known, "Warning", "FailedToUpdateEndpoint", $"Failed to update endpoint {KeyOf(service)}: {e.Message}");
            throw;
        }
    }

    private static bool IsSame(CoreEndpoints known, List<EndpointSubset> subsets, Dictionary<string, string> labels, bool isTruncated)
    {
        var now = known.Subsets ?? [];
        return now.Count == subsets.Count && !now.Where((subset, i) => !subset.DeepEquals(subsets[i])).Any() && PodChange.Same(known.Metadata.Labels, labels)
            && (known.Metadata.Annotations?.GetValueOrDefault(OverCapacity) is not null) == isTruncated;
    }

    private static Dictionary<string, string> LabelsOf(Service service)
    {
        var labels = service.Metadata.Labels.OrEmpty().ToDictionary(l => l.Key, l => l.Value);
        labels[ManagedBy] = "endpoint-controller";
        if (service.Spec.ClusterIP == "None") labels[SliceLabels.Headless] = "";
        else labels.Remove(SliceLabels.Headless);
        return labels;
    }

    private static void Annotate(ObjectMeta meta, string name, string? value)
    {
        if (value is not null) (meta.Annotations ??= [])[name] = value;
        else meta.Annotations?.Remove(name);
    }

    /// <summary>Only what this controller made goes with its Service; election records and users' own objects stay.</summary>
    private static bool IsOurs(CoreEndpoints endpoints) => endpoints.Metadata.Labels?.GetValueOrDefault(ManagedBy) == "endpoint-controller";

    private void OnPod(Pod? old, Pod? current)
    {
        foreach (var service in _selectors.Concerned(old, current))
        {
            _changed.Add(service, (current ?? old)!.Metadata.Name);
            Queue.Add(service);
        }
    }
}
