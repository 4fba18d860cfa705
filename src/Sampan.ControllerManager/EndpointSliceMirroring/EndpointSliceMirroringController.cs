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

    public EndpointSliceMirroringController(ControllerContext context)
        : base("endpointslice-mirroring-controller", context)
    {
        _endpoints = Watch<CoreEndpoints>(e => [KeyOf(e)]);
        _services = Watch<Service>(s => [KeyOf(s)]);
        var slices = Watch<EndpointSlice>(s => s.Metadata.Labels?.GetValueOrDefault(SliceLabels.ManagedBy) == ManagedBy
            && s.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName) is { } name ? [new ObjectKey(s.Metadata.Namespace, name)] : []);
        SliceReconciler.AddIndex(slices);
        _slices = new SliceReconciler(slices, Writes(slices), new SliceMetrics(context.Metrics, "endpoint_slice_mirroring_controller"), ManagedBy, SliceReconciler.DefaultLimit);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var endpoints = _endpoints.Get(key);
        if (endpoints is null || _services.Get(key) is not { Spec.Selector: null } || !IsMirrored(endpoints))
        {
            await _slices.DeleteAllAsync(key.Namespace, key.Name, cancellationToken);
            return ReconcileResult.Done;
        }

        var changedAt = endpoints.Metadata.Annotations?.GetValueOrDefault(SliceLabels.LastChange) is { } text
            && DateTimeOffset.TryParse(text, out var at) ? at : (DateTimeOffset?)null;
        var template = SliceTemplate.ForEndpoints(endpoints, ManagedBy);
        var mirrored = MirroredGroups.Of(endpoints);
        SayLeftOut(endpoints, mirrored);
        await _slices.WriteAsync(_slices.Plan(template, mirrored.Groups, changedAt), cancellationToken);
        return ReconcileResult.Done;
    }

    private void SayLeftOut(CoreEndpoints endpoints, MirroredGroups mirrored)
    {
        if (mirrored.InvalidAddresses > 0)
            Events.Event(endpoints, "Warning", "InvalidIPAddress", $"Skipped {mirrored.InvalidAddresses} invalid IP addresses when mirroring to EndpointSlices");
        if (mirrored.SkippedAddresses > 0)
        {
            Events.Event(
                endpoints,
                "Warning",
                "TooManyAddressesToMirror",
                $"A max of {MirroredGroups.MaxPerSubset} addresses can be mirrored to EndpointSlices per Endpoints subset. {mirrored.SkippedAddresses} addresses were skipped");
        }
    }

    private static bool IsMirrored(CoreEndpoints endpoints) =>
        endpoints.Metadata.DeletionTimestamp is null
        && endpoints.Metadata.Labels?.GetValueOrDefault(SliceLabels.SkipMirror) != "true"
        && endpoints.Metadata.Annotations?.ContainsKey(LeaderAnnotation) != true;
}
