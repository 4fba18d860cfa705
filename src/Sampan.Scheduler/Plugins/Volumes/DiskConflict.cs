using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Disks named in the pod itself that can't be used by two pods of a node, unless all only read.</summary>
internal static class DiskConflict
{
    public static bool IsExclusive(Volume volume) =>
        volume.GcePersistentDisk is not null || volume.AwsElasticBlockStore is not null || volume.Rbd is not null || volume.Iscsi is not null;

    public static bool Exists(Volume volume, Pod other) => other.Spec.Volumes.OrEmpty().Any(theirs => Exists(volume, theirs));

    private static bool Exists(Volume ours, Volume theirs) =>
        (ours.GcePersistentDisk is { } gce && theirs.GcePersistentDisk is { } otherGce && gce.PdName == otherGce.PdName && !(gce.ReadOnly && otherGce.ReadOnly))
        || (ours.AwsElasticBlockStore is { } aws && theirs.AwsElasticBlockStore is { } otherAws && aws.VolumeID == otherAws.VolumeID)
        || (ours.Iscsi is { } iscsi && theirs.Iscsi is { } otherIscsi && iscsi.Iqn == otherIscsi.Iqn && !(iscsi.ReadOnly && otherIscsi.ReadOnly))
        || (ours.Rbd is { } rbd && theirs.Rbd is { } otherRbd && SameImage(rbd, otherRbd) && !(rbd.ReadOnly && otherRbd.ReadOnly));

    private static bool SameImage(RBDVolumeSource left, RBDVolumeSource right) =>
        left.Monitors.Intersect(right.Monitors).Any() && (left.Pool ?? "rbd") == (right.Pool ?? "rbd") && left.Image == right.Image;
}
