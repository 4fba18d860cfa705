using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Which existing volume a claim gets on a node.</summary>
internal static class VolumeMatch
{
    private const string Storage = "storage";

    /// <summary>The volume that was made for the claim, else the smallest that will do; null when there is none.</summary>
    public static PersistentVolume? Find(PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, Node node)
    {
        var (className, size, selector) = (PodClaims.ClassOf(claim), SizeOf(claim), claim.Spec.Selector is { } spec ? Selector.From(spec) : Selector.Everything);
        PersistentVolume? smallest = null;
        foreach (var volume in volumes)
        {
            if (PodClaims.ClassOf(volume) != className || !CanHold(volume, claim, size)) continue;
            if (IsReservedFor(volume, claim)) return CanBeUsedOn(volume, node) ? volume : null;
            if (volume.Spec.ClaimRef is not null || volume.Status.Phase != "Available") continue;
            if (!selector.Matches(volume.Metadata.Labels) || !HasAccessModes(volume, claim) || !CanBeUsedOn(volume, node)) continue;
            if (smallest is null || CapacityOf(volume) < CapacityOf(smallest)) smallest = volume;
        }
        return smallest;
    }

    public static bool CanBeUsedOn(PersistentVolume volume, Node node) =>
        volume.Spec.NodeAffinity?.Required is not { } required || NodeSelectorTerms.Matches(required, node);

    public static long SizeOf(PersistentVolumeClaim claim) => Amount(claim.Spec.Resources?.Requests);

    private static bool CanHold(PersistentVolume volume, PersistentVolumeClaim claim, long size) =>
        volume.Metadata.DeletionTimestamp is null && CapacityOf(volume) >= size
        && (volume.Spec.VolumeMode ?? "Filesystem") == (claim.Spec.VolumeMode ?? "Filesystem")
        && (volume.Spec.VolumeAttributesClassName ?? "") == (claim.Spec.VolumeAttributesClassName ?? "");

    private static bool IsReservedFor(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference && reference.Name == claim.Metadata.Name && reference.Namespace == claim.Metadata.Namespace
        && (string.IsNullOrEmpty(reference.Uid) || reference.Uid == claim.Metadata.Uid);

    private static bool HasAccessModes(PersistentVolume volume, PersistentVolumeClaim claim) =>
        claim.Spec.AccessModes.OrEmpty().All(volume.Spec.AccessModes.OrEmpty().Contains);

    private static long CapacityOf(PersistentVolume volume) => Amount(volume.Spec.Capacity);

    private static long Amount(Dictionary<string, Quantity>? list) => list is not null && list.TryGetValue(Storage, out var quantity) ? quantity.AsLong() : 0;
}
