using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSlices;
using CoreEndpoints = Sampan.Api.Core.V1.Endpoints;

namespace Sampan.ControllerManager.EndpointSliceMirroring;

/// <summary>Copies Endpoints that users wrote for Services without a selector into EndpointSlices. Upstream: pkg/controller/endpointslicemirroring.</summary>
internal sealed class EndpointSliceMirroringController : Controller
{
    private const string ManagedBy = "endpointslicemirroring-controller.k8s.io";
    private const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";
    private readonly Informer<CoreEndpoints> _endpoints;
    private readonly Informer<Service> _services;
    private readonly SliceReconciler _slices;
    private readonly MirrorMetrics _metrics;

    /// <summary>How much each Endpoints object is mirrored into.</summary>
    private readonly ConcurrentDictionary<ObjectKey, (int Endpoints, int Slices, int Fewest)> _mirrored = [];

    public EndpointSliceMirroringController(ControllerContext context)
        : base("endpointslice-mirroring-controller", context)
    {
        _endpoints = Watch<CoreEndpoints>(e => [KeyOf(e)]);
        _services = Watch<Service>(s => [KeyOf(s)]);
        var slices = Watch<EndpointSlice>(s => s.Metadata.Labels?.GetValueOrDefault(SliceLabels.ManagedBy) == ManagedBy
            && s.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName) is { } name ? [new ObjectKey(s.Metadata.Namespace, name)] : []);
        SliceReconciler.AddIndex(slices);
        _metrics = new MirrorMetrics(context.Metrics);
        _metrics.Observe(() => (_mirrored.Values.Sum(m => m.Endpoints), _mirrored.Values.Sum(m => m.Slices), _mirrored.Values.Sum(m => m.Fewest)));
        _slices = new SliceReconciler(slices, Writes(slices), _metrics, ManagedBy, SliceReconciler.DefaultLimit);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var began = Time.GetTimestamp();
        var endpoints = _endpoints.Get(key);
        if (endpoints is null || _services.Get(key) is not { Spec.Selector: null } || !IsMirrored(endpoints))
        {
            await _slices.DeleteAllAsync(key.Namespace, key.Name, cancellationToken);
            _mirrored.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        var template = SliceTemplate.ForEndpoints(endpoints, ManagedBy);
        var mirrored = MirroredGroups.Of(endpoints);
        SayLeftOut(endpoints, mirrored);
        _metrics.Skipped(mirrored.InvalidAddresses + mirrored.SkippedAddresses);
        await _slices.WriteAsync(_slices.Plan(template, mirrored.Groups, null), cancellationToken);
        _mirrored[key] = (mirrored.Groups.Sum(g => g.Endpoints.Count), _slices.Known(key.Namespace, key.Name).Count, mirrored.Groups.Sum(g => (g.Endpoints.Count + _slices.Limit - 1) / _slices.Limit));
        _metrics.Synced(Time.GetElapsedTime(began));
        return ReconcileResult.Done;
    }

    private void SayLeftOut(CoreEndpoints endpoints, MirroredGroups mirrored)
    {
        if (mirrored.InvalidAddresses > 0)
            Events.Event(endpoints, "Warning", "InvalidIPAddress", $"Skipped {mirrored.InvalidAddresses} invalid IP addresses when mirroring to EndpointSlices");
        if (mirrored.SkippedAddresses > 0)
        {
            var skipped = mirrored.InvalidAddresses + mirrored.SkippedAddresses;
            Events.Event(
                endpoints,
                "Warning",
                "TooManyAddressesToMirror",
                $"A max of {MirroredGroups.MaxPerSubset} addresses can be mirrored to EndpointSlices per Endpoints subset. {skipped} addresses were skipped");
        }
    }

    private static bool IsMirrored(CoreEndpoints endpoints) =>
        endpoints.Metadata.DeletionTimestamp is null
        && endpoints.Metadata.Labels?.GetValueOrDefault(SliceLabels.SkipMirror) != "true"
        && endpoints.Metadata.Annotations?.ContainsKey(LeaderAnnotation) != true;
}
