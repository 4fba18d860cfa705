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

    public static AttachedVolume? Of(PersistentVolumeSpec volume, CSINode? node) => volume switch
    {
        { AwsElasticBlockStore: { } disk } => Of("kubernetes.io/aws-ebs", AwsId(disk.VolumeID), node),
        { GcePersistentDisk: { } disk } => Of("kubernetes.io/gce-pd", disk.PdName, node),
        { AzureDisk: { } disk } => Of("kubernetes.io/azure-disk", disk.DiskURI, node),
        { Cinder: { } disk } => Of("kubernetes.io/cinder", disk.VolumeID, node),
        { PortworxVolume: { } disk } => Of(Portworx, disk.VolumeID, node),
        _ => null,
    };

    /// <summary>A volume that the pod itself names.</summary>
    public static AttachedVolume? Of(Volume volume, CSINode? node) => volume switch
    {
        { AwsElasticBlockStore: { } disk } => Of("kubernetes.io/aws-ebs", AwsId(disk.VolumeID), node),
        { GcePersistentDisk: { } disk } => Of("kubernetes.io/gce-pd", disk.PdName, node),
        { AzureDisk: { } disk } => Of("kubernetes.io/azure-disk", disk.DiskURI, node),
        { Cinder: { } disk } => Of("kubernetes.io/cinder", disk.VolumeID, node),
        { PortworxVolume: { } disk } => Of(Portworx, disk.VolumeID, node),
        _ => null,
    };

    public static bool IsOne(Volume volume) =>
        volume is { AwsElasticBlockStore: not null } or { GcePersistentDisk: not null } or { AzureDisk: not null } or { Cinder: not null } or { PortworxVolume: not null };

    private static AttachedVolume? Of(string plugin, string handle, CSINode? node) => DriverOf(plugin, node) is { } driver ? new(driver, handle) : null;

    // Whether Portworx was taken over is for each node to say; the others are everywhere.
    private static bool IsMigrated(string plugin, CSINode? node) => node is not null
        && (plugin != Portworx || (node.Metadata.Annotations?.GetValueOrDefault(MigratedPlugins) ?? "").Split(',').Contains(plugin));

    // aws://zone/id, or the id alone.
    private static string AwsId(string id) => id.StartsWith("aws://", StringComparison.Ordinal) ? id[(id.LastIndexOf('/') + 1)..] : id;
}
