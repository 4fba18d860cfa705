namespace Sampan.Api.Core.V1;

/// <summary>A directory that containers of a pod can mount, and where it comes from.</summary>
[ApiType("io.k8s.api.core.v1.Volume")]
public sealed partial class Volume : IApiType<Volume>
{
    /// <summary>Name by which containers mount the volume; a DNS label, unique in the pod.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>A file or directory of the node; gives the pod access to the node, so use it with care.</summary>
    [Field("hostPath", 1, Embedded = [2])]
    public HostPathVolumeSource? HostPath { get; set; }

    /// <summary>A directory that is empty at first and deleted together with the pod.</summary>
    [Field("emptyDir", 2, Embedded = [2])]
    public EmptyDirVolumeSource? EmptyDir { get; set; }

    /// <summary>A Google Compute Engine disk; deprecated, the driver pd.csi.storage.gke.io does the work.</summary>
    [Field("gcePersistentDisk", 3, Embedded = [2])]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    /// <summary>An Amazon EBS disk; deprecated, the driver ebs.csi.aws.com does the work.</summary>
    [Field("awsElasticBlockStore", 4, Embedded = [2])]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    /// <summary>The content of a Git repository; deprecated and switched off, clone in an init container instead.</summary>
    [Field("gitRepo", 5, Embedded = [2])]
    public GitRepoVolumeSource? GitRepo { get; set; }

    /// <summary>The entries of a Secret as files.</summary>
    [Field("secret", 6, Embedded = [2])]
    public SecretVolumeSource? Secret { get; set; }

    /// <summary>A directory exported by an NFS server.</summary>
    [Field("nfs", 7, Embedded = [2])]
    public NFSVolumeSource? Nfs { get; set; }

    /// <summary>An iSCSI disk, which the node connects to.</summary>
    [Field("iscsi", 8, Embedded = [2])]
    public ISCSIVolumeSource? Iscsi { get; set; }

    /// <summary>A GlusterFS volume; no longer supported.</summary>
    [Field("glusterfs", 9, Embedded = [2])]
    public GlusterfsVolumeSource? Glusterfs { get; set; }

    /// <summary>The persistent volume bound to a claim in the pod's namespace.</summary>
    [Field("persistentVolumeClaim", 10, Embedded = [2])]
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    /// <summary>A Ceph block device; no longer supported, use a CSI driver instead.</summary>
    [Field("rbd", 11, Embedded = [2])]
    public RBDVolumeSource? Rbd { get; set; }

    /// <summary>Storage that a FlexVolume script on the node manages; deprecated in favour of CSI.</summary>
    [Field("flexVolume", 12, Embedded = [2])]
    public FlexVolumeSource? FlexVolume { get; set; }

    /// <summary>An OpenStack Cinder disk; deprecated, cinder.csi.openstack.org does the work.</summary>
    [Field("cinder", 13, Embedded = [2])]
    public CinderVolumeSource? Cinder { get; set; }

    /// <summary>A Ceph filesystem; no longer supported, use a CSI driver instead.</summary>
    [Field("cephfs", 14, Embedded = [2])]
    public CephFSVolumeSource? Cephfs { get; set; }

    /// <summary>A Flocker dataset; no longer supported.</summary>
    [Field("flocker", 15, Embedded = [2])]
    public FlockerVolumeSource? Flocker { get; set; }

    /// <summary>Facts about the pod and its containers as files.</summary>
    [Field("downwardAPI", 16, Embedded = [2])]
    public DownwardAPIVolumeSource? DownwardAPI { get; set; }

    /// <summary>A Fibre Channel disk, which the node connects to.</summary>
    [Field("fc", 17, Embedded = [2])]
    public FCVolumeSource? Fc { get; set; }

    /// <summary>An Azure Files share; deprecated, the driver file.csi.azure.com does the work.</summary>
    [Field("azureFile", 18, Embedded = [2])]
    public AzureFileVolumeSource? AzureFile { get; set; }

    /// <summary>The entries of a ConfigMap as files.</summary>
    [Field("configMap", 19, Embedded = [2])]
    public ConfigMapVolumeSource? ConfigMap { get; set; }

    /// <summary>A vSphere virtual disk; deprecated, the driver csi.vsphere.vmware.com does the work.</summary>
    [Field("vsphereVolume", 20, Embedded = [2])]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }

    /// <summary>A Quobyte volume; no longer supported.</summary>
    [Field("quobyte", 21, Embedded = [2])]
    public QuobyteVolumeSource? Quobyte { get; set; }

    /// <summary>An Azure data disk; deprecated, the driver disk.csi.azure.com does the work.</summary>
    [Field("azureDisk", 22, Embedded = [2])]
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    /// <summary>A disk of the Photon platform; no longer supported.</summary>
    [Field("photonPersistentDisk", 23, Embedded = [2])]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    /// <summary>Files from several sources, such as Secrets, ConfigMaps and tokens, in one directory.</summary>
    [Field("projected", 26, Embedded = [2])]
    public ProjectedVolumeSource? Projected { get; set; }

    /// <summary>A Portworx volume; deprecated, the driver pxd.portworx.com does the work.</summary>
    [Field("portworxVolume", 24, Embedded = [2])]
    public PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>A ScaleIO volume; no longer supported.</summary>
    [Field("scaleIO", 25, Embedded = [2])]
    public ScaleIOVolumeSource? ScaleIO { get; set; }

    /// <summary>A StorageOS volume; no longer supported.</summary>
    [Field("storageos", 27, Embedded = [2])]
    public StorageOSVolumeSource? Storageos { get; set; }

    /// <summary>A volume that a CSI driver makes for this pod and removes together with it.</summary>
    [Field("csi", 28, Embedded = [2])]
    public CSIVolumeSource? Csi { get; set; }

    /// <summary>A volume with a claim of its own, made for this pod and deleted with it.</summary>
    [Field("ephemeral", 29, Embedded = [2])]
    public EphemeralVolumeSource? Ephemeral { get; set; }

    /// <summary>The files of a container image or other OCI artifact, read-only.</summary>
    [Field("image", 30, Embedded = [2])]
    public ImageVolumeSource? Image { get; set; }
}
