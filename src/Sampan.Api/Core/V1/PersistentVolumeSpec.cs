namespace Sampan.Api.Core.V1;

/// <summary>A piece of storage of the cluster; exactly one source says where it is.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeSpec")]
public sealed partial class PersistentVolumeSpec : IApiType<PersistentVolumeSpec>
{
    /// <summary>Size of the volume, under the key storage.</summary>
    [Field("capacity", 1)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    /// <summary>A Google Compute Engine disk; deprecated, the driver pd.csi.storage.gke.io does the work.</summary>
    [Field("gcePersistentDisk", 1, Embedded = [2])]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    /// <summary>An Amazon EBS disk; deprecated, the driver ebs.csi.aws.com does the work.</summary>
    [Field("awsElasticBlockStore", 2, Embedded = [2])]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    /// <summary>A directory of the node; for trials on a single node only.</summary>
    [Field("hostPath", 3, Embedded = [2])]
    public HostPathVolumeSource? HostPath { get; set; }

    /// <summary>A GlusterFS volume; no longer supported.</summary>
    [Field("glusterfs", 4, Embedded = [2])]
    public GlusterfsPersistentVolumeSource? Glusterfs { get; set; }

    /// <summary>A directory exported by an NFS server.</summary>
    [Field("nfs", 5, Embedded = [2])]
    public NFSVolumeSource? Nfs { get; set; }

    /// <summary>A Ceph block device; no longer supported, use a CSI driver instead.</summary>
    [Field("rbd", 6, Embedded = [2])]
    public RBDPersistentVolumeSource? Rbd { get; set; }

    /// <summary>An iSCSI disk, which the node connects to.</summary>
    [Field("iscsi", 7, Embedded = [2])]
    public ISCSIPersistentVolumeSource? Iscsi { get; set; }

    /// <summary>An OpenStack Cinder disk; deprecated, cinder.csi.openstack.org does the work.</summary>
    [Field("cinder", 8, Embedded = [2])]
    public CinderPersistentVolumeSource? Cinder { get; set; }

    /// <summary>A Ceph filesystem; no longer supported, use a CSI driver instead.</summary>
    [Field("cephfs", 9, Embedded = [2])]
    public CephFSPersistentVolumeSource? Cephfs { get; set; }

    /// <summary>A Fibre Channel disk, which the node connects to.</summary>
    [Field("fc", 10, Embedded = [2])]
    public FCVolumeSource? Fc { get; set; }

    /// <summary>A Flocker dataset; no longer supported.</summary>
    [Field("flocker", 11, Embedded = [2])]
    public FlockerVolumeSource? Flocker { get; set; }

    /// <summary>Storage that a FlexVolume script on the node manages; deprecated in favour of CSI.</summary>
    [Field("flexVolume", 12, Embedded = [2])]
    public FlexPersistentVolumeSource? FlexVolume { get; set; }

    /// <summary>An Azure Files share; deprecated, the driver file.csi.azure.com does the work.</summary>
    [Field("azureFile", 13, Embedded = [2])]
    public AzureFilePersistentVolumeSource? AzureFile { get; set; }

    /// <summary>A vSphere virtual disk; deprecated, the driver csi.vsphere.vmware.com does the work.</summary>
    [Field("vsphereVolume", 14, Embedded = [2])]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }

    /// <summary>A Quobyte volume; no longer supported.</summary>
    [Field("quobyte", 15, Embedded = [2])]
    public QuobyteVolumeSource? Quobyte { get; set; }

    /// <summary>An Azure data disk; deprecated, the driver disk.csi.azure.com does the work.</summary>
    [Field("azureDisk", 16, Embedded = [2])]
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    /// <summary>A disk of the Photon platform; no longer supported.</summary>
    [Field("photonPersistentDisk", 17, Embedded = [2])]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    /// <summary>A Portworx volume; deprecated, the driver pxd.portworx.com does the work.</summary>
    [Field("portworxVolume", 18, Embedded = [2])]
    public PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>A ScaleIO volume; no longer supported.</summary>
    [Field("scaleIO", 19, Embedded = [2])]
    public ScaleIOPersistentVolumeSource? ScaleIO { get; set; }

    /// <summary>A disk or directory of one particular node; needs a node affinity.</summary>
    [Field("local", 20, Embedded = [2])]
    public LocalVolumeSource? Local { get; set; }

    /// <summary>A StorageOS volume; no longer supported.</summary>
    [Field("storageos", 21, Embedded = [2])]
    public StorageOSPersistentVolumeSource? Storageos { get; set; }

    /// <summary>Storage that an external CSI driver manages.</summary>
    [Field("csi", 22, Embedded = [2])]
    public CSIPersistentVolumeSource? Csi { get; set; }

    /// <summary>Ways in which the volume can be used: ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.</summary>
    [Field("accessModes", 3, ListType = "atomic")]
    public List<string>? AccessModes { get; set; }

    /// <summary>Claim that the volume is bound to, or reserved for; the claim must name the volume in turn.</summary>
    [Field("claimRef", 4, MapType = "granular")]
    public ObjectReference? ClaimRef { get; set; }

    /// <summary>
    /// What happens once the claim is gone: Retain, Delete or the old Recycle. Retain by default, Delete for provisioned volumes.
    /// </summary>
    [Field("persistentVolumeReclaimPolicy", 5)]
    public string? PersistentVolumeReclaimPolicy { get; set; }

    /// <summary>Storage class of the volume; empty if it belongs to none.</summary>
    [Field("storageClassName", 6)]
    public string? StorageClassName { get; set; }

    /// <summary>Options for mounting the volume, such as hard or nfsvers=4.1; a wrong one makes the mount fail.</summary>
    [Field("mountOptions", 7, ListType = "atomic")]
    public List<string>? MountOptions { get; set; }

    /// <summary>Filesystem (the default) for a mounted directory, or Block for a raw device; immutable.</summary>
    [Field("volumeMode", 8, Pointer = true)]
    public string? VolumeMode { get; set; }

    /// <summary>Nodes from which the volume can be reached; pods that use it are only placed there.</summary>
    [Field("nodeAffinity", 9)]
    public VolumeNodeAffinity? NodeAffinity { get; set; }

    /// <summary>VolumeAttributesClass that the volume follows, not empty; absent if none.</summary>
    [Field("volumeAttributesClassName", 10, Pointer = true)]
    public string? VolumeAttributesClassName { get; set; }
}
