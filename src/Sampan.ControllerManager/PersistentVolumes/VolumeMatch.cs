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
            if (volume.Metadata.DeletionTimestamp is not null || Shortcoming(claim, volume) is not null || !SameAttributes(claim, volume)) continue;
            if (volume.Spec.ClaimRef is not null)
            {
                // What was made for this claim is of its class, whatever it says.
                if (IsFor(volume, claim)) return volume;
                continue;
            }

            if (waits || volume.Status.Phase != "Available" || !selector.Matches(volume.Metadata.Labels) || IsOtherClass(claim, volume)) continue;
            if (best is null || Rank(volume).CompareTo(Rank(best)) < 0) best = volume;
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
        return IsOtherClass(claim, volume) ? "storageClassName does not match" : Shortcoming(claim, volume);
    }

    public static bool IsOtherMode(PersistentVolumeClaim claim, PersistentVolume volume) =>
        (volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem");

    private static bool IsOtherClass(PersistentVolumeClaim claim, PersistentVolume volume) => BindingAnnotations.ClassOf(volume) != BindingAnnotations.ClassOf(claim);

    /// <summary>What is wrong with the volume itself, of whatever class.</summary>
    private static string? Shortcoming(PersistentVolumeClaim claim, PersistentVolume volume)
    {
        if (SizeOf(volume) < Requested(claim)) return "requested PV is too small";
        if (IsOtherMode(claim, volume)) return "incompatible volumeMode";
        return claim.Spec.AccessModes.OrEmpty().All(volume.Spec.AccessModes.OrEmpty().Contains) ? null : "incompatible accessMode";
    }

    /// <summary>A volume that can do little more than is asked for comes before one that can do much more, and then the smaller one.</summary>
    private static (int Modes, Quantity Size) Rank(PersistentVolume volume) => (volume.Spec.AccessModes.OrEmpty().Distinct().Count(), SizeOf(volume));

    private static bool SameAttributes(PersistentVolumeClaim claim, PersistentVolume volume) =>
        (claim.Spec.VolumeAttributesClassName ?? "") == (volume.Spec.VolumeAttributesClassName ?? "");

    private static Quantity SizeOf(PersistentVolume volume) => volume.Spec.Capacity.OrEmpty().GetValueOrDefault("storage");

    private static Quantity Requested(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests.OrEmpty().GetValueOrDefault("storage");
}
