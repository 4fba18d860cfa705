using Sampan.Api.Core.V1;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.ControllerManager.VolumeExpansion;

/// <summary>
/// Tells the users of a bound claim that asks for more than it has whom it waits for: volumes are grown by their drivers' resizers.
/// Upstream: pkg/controller/volume/expand.
/// </summary>
internal sealed class VolumeExpansionController : Controller
{
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;

    public VolumeExpansionController(ControllerContext context)
        : base("volume_expand", context)
    {
        _claims = Watch(context.Informers.For<PersistentVolumeClaim>(), OnClaim);
        _volumes = Use<PersistentVolume>();
    }

    protected override Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_claims.Get(key) is { } claim && WantsMore(claim) && _volumes.Get(null, claim.Spec.VolumeName ?? "") is { } volume && VolumeMatch.IsFor(volume, claim))
        {
            // Of the kinds of volumes that the manager knows none can be grown by it; what it does not know is worth a warning.
            Events.Event(claim, volume.Spec.Fc is null ? "Warning" : "Normal", "ExternalExpanding", "waiting for an external controller to expand this PVC");
        }

        return Task.FromResult(ReconcileResult.Done);
    }

    private void OnClaim(PersistentVolumeClaim? old, PersistentVolumeClaim? current)
    {
        if (current is null) return;
        if (old is null || Asked(old) != Asked(current)) Queue.Add(KeyOf(current));
    }

    private static bool WantsMore(PersistentVolumeClaim claim) =>
        claim.Status.Phase == "Bound" && Asked(claim) > claim.Status.Capacity.OrEmpty().GetValueOrDefault("storage");

    private static Quantity Asked(PersistentVolumeClaim claim) => (claim.Spec.Resources?.Requests).OrEmpty().GetValueOrDefault("storage");
}
