using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>
/// Volumes of cloud providers in the form of old times, which CSI drivers have taken over: they count as the drivers' own.
/// Upstream: staging/src/k8s.io/csi-translation-lib.
/// </summary>
internal static class MigratedVolumes
{
    private const string Portworx = "kubernetes.io/portworx-volume";
    private const string MigratedPlugins = "storage.alpha.kubernetes.io/migrated-plugins";

    private static readonly Dictionary<string, string> Drivers = new()
    {
        ["kubernetes.io/aws-ebs"] = "ebs.csi.aws.com",
        ["kubernetes.io/gce-pd"] = "pd.csi.storage.gke.io",
        ["kubernetes.io/azure-disk"] = "disk.csi.azure.com",
        ["kubernetes.io/cinder"] = "cinder.csi.openstack.org",
        [Portworx] = "pxd.portworx.com",
    };

    /// <summary>The driver that serves an in-tree provisioner's volumes on a node; null when none does.</summary>
    public static string? DriverOf(string provisioner, CSINode? node) => Drivers.TryGetValue(provisioner, out var driver) && IsMigrated(provisioner, node) ? driver : null;

    public static AttachedVolume? Of(PersistentVolumeSpec volume, CSINode? node) =>
        Of(Disk(volume.AwsElasticBlockStore, volume.GcePersistentDisk, volume.AzureDisk, volume.Cinder?.VolumeID, volume.PortworxVolume), node);

    /// <summary>A volume that the pod itself names.</summary>
    public static AttachedVolume? Of(Volume volume, CSINode? node) => Of(Disk(volume), node);

    public static bool IsOne(Volume volume) => Disk(volume) is not null;

    private static (string Plugin, string Id)? Disk(Volume volume) =>
        Disk(volume.AwsElasticBlockStore, volume.GcePersistentDisk, volume.AzureDisk, volume.Cinder?.VolumeID, volume.PortworxVolume);

    private static (string Plugin, string Id)? Disk(
        AWSElasticBlockStoreVolumeSource? aws, GCEPersistentDiskVolumeSource? gce, AzureDiskVolumeSource? azure, string? cinder, PortworxVolumeSource? portworx) =>
        aws is not null ? ("kubernetes.io/aws-ebs", AwsId(aws.VolumeID))
        : gce is not null ? ("kubernetes.io/gce-pd", gce.PdName)
        : azure is not null ? ("kubernetes.io/azure-disk", azure.DiskURI)
        : cinder is not null ? ("kubernetes.io/cinder", cinder)
        : portworx is not null ? (Portworx, portworx.VolumeID)
        : null;

    private static AttachedVolume? Of((string Plugin, string Id)? disk, CSINode? node) =>
        disk is { } found && DriverOf(found.Plugin, node) is { } driver ? new(driver, found.Id) : null;

    // Whether Portworx was taken over is for each node to say; the others are everywhere.
    private static bool IsMigrated(string plugin, CSINode? node) => node is not null
        && (plugin != Portworx || (node.Metadata.Annotations?.GetValueOrDefault(MigratedPlugins) ?? "").Split(',').Contains(plugin));

    // aws://zone/id, or the id alone.
    private static string AwsId(string id) => id.StartsWith("aws://", StringComparison.Ordinal) ? id[(id.LastIndexOf('/') + 1)..] : id;
}
