using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>Which volume suits a claim: one that was made for it, else the smallest that is large enough.</summary>
internal static class VolumeMatch
{
    /// <param name="claim">The claim without a volume.</param>
    /// <param name="volumes">All volumes.</param>
    /// <param name="waits">The scheduler chooses: only a volume that names this claim will do.</param>
    public static PersistentVolume? Best(PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, bool waits)
    {
        var selector = claim.Spec.Selector is null ? Selector.Everything : Selector.From(claim.Spec.Selector);
        PersistentVolume? best = null;
        foreach (var volume in volumes)
        {
            if (volume.Metadata.DeletionTimestamp is not null || Mismatch(claim, volume) is not null) continue;
            if (IsFor(volume, claim)) return volume;
            if (waits || volume.Spec.ClaimRef is not null || volume.Status.Phase != "Available") continue;
            if (!selector.Matches(volume.Metadata.Labels) || !SameAttributes(claim, volume)) continue;
            if (best is null || SizeOf(volume) < SizeOf(best)) best = volume;
        }

        return best;
    }

    /// <summary>True when the volume is kept for this very claim.</summary>
    public static bool IsFor(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference && reference.Namespace == claim.Metadata.Namespace && reference.Name == claim.Metadata.Name
        && (string.IsNullOrEmpty(reference.Uid) || reference.Uid == claim.Metadata.Uid);

    /// <summary>Why the volume cannot serve the claim, in upstream's words; null when it can.</summary>
    public static string? Mismatch(PersistentVolumeClaim claim, PersistentVolume volume)
    {
        if (SizeOf(volume) < Requested(claim)) return "requested PV is too small";
        if (BindingAnnotations.ClassOf(volume) != BindingAnnotations.ClassOf(claim)) return "storageClassName does not match";
        if ((volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem")) return "incompatible volumeMode";
        return claim.Spec.AccessModes.OrEmpty().All(volume.Spec.AccessModes.OrEmpty().Contains) ? null : "incompatible accessMode";
    }

    private static bool SameAttributes(PersistentVolumeClaim claim, PersistentVolume volume) =>
        (claim.Spec.VolumeAttributesClassName ?? "") == (volume.Spec.VolumeAttributesClassName ?? "");

    private static Quantity SizeOf(PersistentVolume volume) => volume.Spec.Capacity.OrEmpty().GetValueOrDefault("storage");

    private static Quantity Requested(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests.OrEmpty().GetValueOrDefault("storage");
}
