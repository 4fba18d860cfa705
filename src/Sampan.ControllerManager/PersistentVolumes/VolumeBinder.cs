using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>
/// Says what state each volume is in, and what becomes of one whose claim is gone. Upstream: pkg/controller/volume/persistentvolume.
/// <code>
///   Available ──a claim takes it──▶ Bound ──the claim is gone──▶ Released ──▶ kept, or deleted by who provisioned it
/// </code>
/// </summary>
internal sealed class VolumeBinder : Controller
{
    private const string ClaimIndex = "claimRef";
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Binding _binding;
    private readonly VolumeCounts _counts;

    public VolumeBinder(ControllerContext context)
        : base("persistentvolume-binder-controller-volumes", context)
    {
        _volumes = Watch<PersistentVolume>(v => [KeyOf(v)]);
        _volumes.AddIndex(ClaimIndex, v => v.Spec.ClaimRef is { } reference ? [$"{reference.Namespace}/{reference.Name}"] : []);
        _claims = Watch<PersistentVolumeClaim>(c => _volumes!.ByIndex(ClaimIndex, $"{c.Metadata.Namespace}/{c.Metadata.Name}").Select(KeyOf));
        _counts = new VolumeCounts(context.Metrics);
        Watch(_volumes, _counts.Note);
        Watch(_claims, _counts.Note);
        _binding = new Binding(Writes(_claims), Writes(_volumes));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_volumes.Get(key) is not { } volume) return ReconcileResult.Done;
        if (volume.Spec.ClaimRef is not { Uid.Length: > 0 } reference)
        {
            await _binding.SetPhaseAsync(volume, "Available", null, cancellationToken);
            return ReconcileResult.Done;
        }

        var claim = await FindAsync(reference, cancellationToken);
        if (claim is null) await ReleaseAsync(volume, cancellationToken);
        else if (string.IsNullOrEmpty(claim.Spec.VolumeName) && VolumeMatch.IsOtherMode(claim, volume)) SayOtherMode(volume, claim);
        else if (claim.Spec.VolumeName == volume.Metadata.Name) await _binding.SetPhaseAsync(volume, "Bound", null, cancellationToken);
        else if (!string.IsNullOrEmpty(claim.Spec.VolumeName)) await GiveUpAsync(volume, cancellationToken);
        return ReconcileResult.Done;
    }

    private void SayOtherMode(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        Events.Event(
            volume, "Warning", "VolumeMismatch", $"Cannot bind PersistentVolume to requested PersistentVolumeClaim \"{claim.Metadata.Name}\" due to incompatible volumeMode.");
        Events.Event(
            claim, "Warning", "VolumeMismatch", $"Cannot bind PersistentVolume \"{volume.Metadata.Name}\" to requested PersistentVolumeClaim due to incompatible volumeMode.");
    }

    /// <summary>The very claim, by uid; a cache that does not know it is not believed.</summary>
    private async Task<PersistentVolumeClaim?> FindAsync(ObjectReference reference, CancellationToken cancellationToken)
    {
        var known = _claims.Get(reference.Namespace, reference.Name ?? "");
        if (known?.Metadata.Uid != reference.Uid) known = await Direct(_claims).FindAsync(reference.Namespace, reference.Name ?? "", cancellationToken);
        return known?.Metadata.Uid == reference.Uid ? known : null;
    }

    private async Task ReleaseAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        var failure = Reclaim(volume);
        if (failure is not null && volume.Status.Phase != "Failed")
        {
            _counts.ReclaimFailed(volume);
            Events.Event(volume, "Warning", failure.Value.Reason, failure.Value.Message);
        }

        await _binding.SetPhaseAsync(volume, failure is null ? "Released" : "Failed", failure?.Message, cancellationToken);
    }

    /// <summary>What stands in the way of the reclaim policy. An external provisioner deletes what it made once it is released.</summary>
    private static (string Reason, string Message)? Reclaim(PersistentVolume volume) => volume.Spec.PersistentVolumeReclaimPolicy switch
    {
        "Recycle" => ("VolumeFailedRecycle", "No recycler plugin found for the volume!"),
        "Delete" when !volume.Metadata.Has(BindingAnnotations.ProvisionedBy) && volume.Spec.Csi is null =>
            ("VolumeFailedDelete", $"error getting deleter volume plugin for volume \"{volume.Metadata.Name}\": no volume plugin matched"),
        _ => null,
    };

    /// <summary>The claim took another volume meanwhile.</summary>
    private async Task GiveUpAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        if (volume.Metadata.Has(BindingAnnotations.ProvisionedBy) && volume.Spec.PersistentVolumeReclaimPolicy == "Delete")
        {
            await ReleaseAsync(volume, cancellationToken);
            return;
        }

        var free = await _binding.UnbindAsync(volume, cancellationToken);
        await _binding.SetPhaseAsync(free, "Available", null, cancellationToken);
    }
}
