using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.EphemeralVolumes;

/// <summary>Makes the claims of pods' generic ephemeral volumes; the pod owns them. Upstream: pkg/controller/volume/ephemeral.</summary>
internal sealed class EphemeralVolumeController : Controller
{
    private readonly Informer<Pod> _pods;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly OwnWrites<PersistentVolumeClaim> _writes;
    private readonly CounterValue _attempts;
    private readonly CounterValue _failures;

    public EphemeralVolumeController(ControllerContext context)
        : base("ephemeral-volume-controller", context)
    {
        _pods = Watch<Pod>(p => p.Spec.Volumes.OrEmpty().Any(v => v.Ephemeral is not null) ? [KeyOf(p)] : []);
        _claims = Watch<PersistentVolumeClaim>(c => c.Metadata.ControllerKey("Pod", ""));
        _writes = Writes(_claims);
        _attempts = context.Metrics.Counter("ephemeral_volume_controller_create_total", "Number of PersistentVolumeClaim creation requests").With();
        _failures = context.Metrics.Counter("ephemeral_volume_controller_create_failures_total", "Number of PersistentVolumeClaim creation requests that failed").With();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { Metadata.DeletionTimestamp: null } pod || pod.IsTerminal()) return ReconcileResult.Done;
        foreach (var volume in pod.Spec.Volumes.OrEmpty().Where(v => v.Ephemeral?.VolumeClaimTemplate is not null))
            await EnsureAsync(pod, volume, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task EnsureAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var name = ClaimsOf.NameOf(pod, volume)!;
        var known = _claims.Get(pod.Metadata.Namespace, name);
        if (known?.Metadata.IsControlledBy(pod) == true) return;
        try
        {
            if (known is not null)
                throw new StatusException($"PVC {known.Metadata.Namespace}/{name} was not created for pod {KeyOf(pod)} (pod is not owner)");
            _attempts.Increment();
            await _writes.CreateAsync(ClaimOf(pod, name, volume.Ephemeral!.VolumeClaimTemplate!), cancellationToken);
        }
        catch (StatusException e)
        {
            if (known is null) _failures.Increment();
            Events.Event(pod, "Warning", "FailedBinding", $"ephemeral volume {volume.Name}: {e.Message}");
            throw;
        }
    }

    private static PersistentVolumeClaim ClaimOf(Pod pod, string name, PersistentVolumeClaimTemplate template)
    {
        var copy = template.DeepClone();
        return new PersistentVolumeClaim
        {
            Metadata = new ObjectMeta
            {
                Namespace = pod.Metadata.Namespace,
                Name = name,
                Labels = copy.Metadata.Labels,
                Annotations = copy.Metadata.Annotations,
                OwnerReferences = [OwnerReferences.ControllerRef(pod)],
            },
            Spec = copy.Spec,
        };
    }
}
