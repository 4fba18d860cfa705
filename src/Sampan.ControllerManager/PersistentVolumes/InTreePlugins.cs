using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>What upstream's controller manager knows of the kinds of volumes that are part of Kubernetes itself.</summary>
internal static class InTreePlugins
{
    public const string HostPath = "kubernetes.io/host-path";
    private const string Prefix = "kubernetes.io/";

    /// <summary>Those of clouds, whose CSI drivers do all the work.</summary>
    private static readonly Dictionary<string, string> Migrated = new()
    {
        ["kubernetes.io/aws-ebs"] = "ebs.csi.aws.com",
        ["kubernetes.io/azure-disk"] = "disk.csi.azure.com",
        ["kubernetes.io/azure-file"] = "file.csi.azure.com",
        ["kubernetes.io/cinder"] = "cinder.csi.openstack.org",
        ["kubernetes.io/gce-pd"] = "pd.csi.storage.gke.io",
        ["kubernetes.io/portworx-volume"] = "pxd.portworx.com",
        ["kubernetes.io/vsphere-volume"] = "csi.vsphere.vmware.com",
    };

    /// <summary>Who provisions for a class that names this provisioner.</summary>
    public static string ProvisionerOf(string name) => Migrated.GetValueOrDefault(name, name);

    /// <summary>Why nobody provisions for it; null for one outside of Kubernetes.</summary>
    public static string? WhyNotProvisioned(string name) => name switch
    {
        HostPath => $"Failed to create provisioner: provisioning in volume plugin \"{name}\" is disabled",
        "kubernetes.io/nfs" or "kubernetes.io/local-volume" or "kubernetes.io/csi" => "no provisionable volume plugin matched",
        _ => IsExternal(name) ? null : $"no volume plugin matched name: {name}",
    };

    /// <summary>True when somebody outside of Kubernetes provisions and deletes.</summary>
    public static bool IsExternal(string name) => !name.StartsWith(Prefix, StringComparison.Ordinal) || Migrated.ContainsKey(name);

    /// <summary>Why a volume that no provisioner made is not deleted; null for one that is, or that a CSI driver deletes.</summary>
    public static string? WhyNotDeleted(PersistentVolume volume) => volume.Spec switch
    {
        { HostPath: not null } or { Csi: not null } => null,
        { AwsElasticBlockStore: not null } or { AzureDisk: not null } or { AzureFile: not null } or { Cinder: not null } => null,
        { GcePersistentDisk: not null } or { PortworxVolume: not null } or { VsphereVolume: not null } => null,
        { Nfs: not null } or { Local: not null } => "no deletable volume plugin matched",
        _ => "no volume plugin matched",
    };
}
