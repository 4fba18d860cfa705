using Sampan.Api.Core.V1;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>
/// Writes a binding in four steps, each of which a restart can take up again: the volume names the claim, the volume is Bound, the claim
/// names the volume, the claim is Bound. Who loses a race for a volume gets a conflict at the first step.
/// </summary>
internal sealed class Binding(OwnWrites<PersistentVolumeClaim> claims, OwnWrites<PersistentVolume> volumes)
{
    public async Task BindAsync(PersistentVolume volume, PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        volume = await NameClaimAsync(volume, claim, cancellationToken);
        await SetPhaseAsync(volume, "Bound", null, cancellationToken);
        claim = await NameVolumeAsync(claim, volume, cancellationToken);
        var copy = claim.DeepClone();
        copy.Status.Phase = "Bound";
        copy.Status.AccessModes = volume.DeepClone().Spec.AccessModes;
        // A claim that grows shows the size that its file system has reached, which others keep.
        if (claim.Status.Phase != "Bound") copy.Status.Capacity = CapacityOf(volume);
        copy.Status.CurrentVolumeAttributesClassName ??= volume.Spec.VolumeAttributesClassName;
        if (!copy.Status.DeepEquals(claim.Status)) await claims.UpdateStatusAsync(copy, cancellationToken);
    }

    /// <summary>A file system that has still to grow into its volume is as large as before.</summary>
    private static Dictionary<string, Quantity>? CapacityOf(PersistentVolume volume)
    {
        var capacity = volume.DeepClone().Spec.Capacity;
        if (volume.Metadata.Annotations?.GetValueOrDefault(BindingAnnotations.PreResizeCapacity) is { } before && Quantity.TryParse(before, out var size))
            (capacity ??= [])["storage"] = size;
        return capacity;
    }

    public async Task SetPhaseAsync(PersistentVolume volume, string phase, string? message, CancellationToken cancellationToken)
    {
        if (volume.Status.Phase == phase && (volume.Status.Message ?? "") == (message ?? "")) return;
        var copy = volume.DeepClone();
        (copy.Status.Phase, copy.Status.Message) = (phase, message);
        await volumes.UpdateStatusAsync(copy, cancellationToken);
    }

    public async Task SetPhaseAsync(PersistentVolumeClaim claim, string phase, CancellationToken cancellationToken)
    {
        if (claim.Status.Phase == phase) return;
        var copy = claim.DeepClone();
        copy.Status.Phase = phase;
        if (phase != "Bound") (copy.Status.AccessModes, copy.Status.Capacity) = (null, null);
        await claims.UpdateStatusAsync(copy, cancellationToken);
    }

    /// <summary>Lets go of a claim; a reference that a user made stays, without the uid.</summary>
    public async Task<PersistentVolume> UnbindAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        var copy = volume.DeepClone();
        if (copy.Metadata.Annotations?.Remove(BindingAnnotations.BoundByController) == true) copy.Spec.ClaimRef = null;
        else copy.Spec.ClaimRef!.Uid = null;
        return await volumes.UpdateAsync(copy, cancellationToken);
    }

    private async Task<PersistentVolume> NameClaimAsync(PersistentVolume volume, PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (volume.Spec.ClaimRef?.Uid == claim.Metadata.Uid) return volume;
        var copy = volume.DeepClone();
        if (copy.Spec.ClaimRef is null) (copy.Metadata.Annotations ??= [])[BindingAnnotations.BoundByController] = "yes";
        copy.Spec.ClaimRef = EventRecorder.Reference(claim);
        return await volumes.UpdateAsync(copy, cancellationToken);
    }

    private async Task<PersistentVolumeClaim> NameVolumeAsync(PersistentVolumeClaim claim, PersistentVolume volume, CancellationToken cancellationToken)
    {
        if (claim.Spec.VolumeName == volume.Metadata.Name && claim.Metadata.Has(BindingAnnotations.BindCompleted)) return claim;
        var copy = claim.DeepClone();
        var annotations = copy.Metadata.Annotations ??= [];
        if (string.IsNullOrEmpty(copy.Spec.VolumeName)) annotations[BindingAnnotations.BoundByController] = "yes";
        annotations[BindingAnnotations.BindCompleted] = "yes";
        copy.Spec.VolumeName = volume.Metadata.Name;
        return await claims.UpdateAsync(copy, cancellationToken);
    }
}
