using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>What has to be attached to a node for a pod.</summary>
internal static class AttachedVolumes
{
    /// <summary>Claims that are not there yet, or are not of a CSI driver, count for nothing.</summary>
    public static HashSet<AttachedVolume> Of(PodInfo pod, ClusterObjects objects)
    {
        var volumes = new HashSet<AttachedVolume>();
        foreach (var (name, _) in PodClaims.Names(pod.Pod))
        {
            if (objects.Of<PersistentVolumeClaim>().Find(name, pod.Key.Namespace) is { } claim && OfClaim(claim, objects) is { } volume) volumes.Add(volume);
        }
        return volumes;
    }

    public static AttachedVolume? OfVolume(PersistentVolume? volume) =>
        volume?.Spec.Csi is { } csi ? new(csi.Driver, csi.VolumeHandle) : null;

    // A claim without a volume will be served by its class's driver, if that is one.
    private static AttachedVolume? OfClaim(PersistentVolumeClaim claim, ClusterObjects objects)
    {
        if (claim.Spec.VolumeName is { Length: > 0 } bound && objects.Of<PersistentVolume>().Find(bound) is { } volume) return OfVolume(volume);
        var driver = objects.Of<StorageClass>().Find(PodClaims.ClassOf(claim))?.Provisioner;
        return driver is null || driver.StartsWith("kubernetes.io/", StringComparison.Ordinal) ? null : new(driver, $"{claim.Metadata.Namespace}/{claim.Metadata.Name}");
    }
}
