using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>What has to be attached to a node for pods.</summary>
internal sealed class AttachedVolumes(ClusterObjects objects, CSINode? node)
{
    /// <summary>Claims that are not there yet, or are not of a CSI driver, count for nothing.</summary>
    public HashSet<AttachedVolume> Of(PodInfo pod)
    {
        var volumes = new HashSet<AttachedVolume>();
        foreach (var (name, _) in PodClaims.Names(pod.Pod))
        {
            if (objects.Of<PersistentVolumeClaim>().Find(name, pod.Key.Namespace) is { } claim && OfClaim(claim) is { } volume) volumes.Add(volume);
        }
        foreach (var inline in pod.Pod.Spec.Volumes.OrEmpty())
        {
            if (MigratedVolumes.Of(inline, node) is { } volume) volumes.Add(volume);
        }
        return volumes;
    }

    public AttachedVolume? OfVolume(PersistentVolume? volume) =>
        volume?.Spec.Csi is { } csi ? new(csi.Driver, csi.VolumeHandle) : volume is null ? null : MigratedVolumes.Of(volume.Spec, node);

    /// <summary>Whether the pod has volumes that may have to be attached.</summary>
    public static bool HasAny(Pod pod) => PodClaims.HasAny(pod) || pod.Spec.Volumes.OrEmpty().Any(MigratedVolumes.IsOne);

    // A claim without a volume will be served by its class's driver, if that is one.
    private AttachedVolume? OfClaim(PersistentVolumeClaim claim)
    {
        if (claim.Spec.VolumeName is { Length: > 0 } bound && objects.Of<PersistentVolume>().Find(bound) is { } volume) return OfVolume(volume);
        if (objects.Of<StorageClass>().Find(PodClaims.ClassOf(claim))?.Provisioner is not { } provisioner) return null;
        var driver = provisioner.StartsWith("kubernetes.io/", StringComparison.Ordinal) ? MigratedVolumes.DriverOf(provisioner, node) : provisioner;
        return driver is null ? null : new(driver, $"{claim.Metadata.Namespace}/{claim.Metadata.Name}");
    }
}
