namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PersistentVolumeSpec")]
public sealed partial class PersistentVolumeSpec : IApiType<PersistentVolumeSpec>
{
    [Field("capacity", 1)]
    public Dictionary<string, Quantity>? Capacity { get; set; }

    [Field("gcePersistentDisk", 1, Embedded = [2])]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    [Field("awsElasticBlockStore", 2, Embedded = [2])]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    [Field("hostPath", 3, Embedded = [2])]
    public HostPathVolumeSource? HostPath { get; set; }

    [Field("glusterfs", 4, Embedded = [2])]
    public GlusterfsPersistentVolumeSource? Glusterfs { get; set; }

    [Field("nfs", 5, Embedded = [2])]
    public NFSVolumeSource? Nfs { get; set; }

    [Field("rbd", 6, Embedded = [2])]
    public RBDPersistentVolumeSource? Rbd { get; set; }

    [Field("iscsi", 7, Embedded = [2])]
    public ISCSIPersistentVolumeSource? Iscsi { get; set; }

    [Field("cinder", 8, Embedded = [2])]
    public CinderPersistentVolumeSource? Cinder { get; set; }

    [Field("cephfs", 9, Embedded = [2])]
    public CephFSPersistentVolumeSource? Cephfs { get; set; }

    [Field("fc", 10, Embedded = [2])]
    public FCVolumeSource? Fc { get; set; }

    [Field("flocker", 11, Embedded = [2])]
    public FlockerVolumeSource? Flocker { get; set; }

    [Field("flexVolume", 12, Embedded = [2])]
    public FlexPersistentVolumeSource? FlexVolume { get; set; }

    [Field("azureFile", 13, Embedded = [2])]
    public AzureFilePersistentVolumeSource? AzureFile { get; set; }

    [Field("vsphereVolume", 14, Embedded = [2])]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }

    [Field("quobyte", 15, Embedded = [2])]
    public QuobyteVolumeSource? Quobyte { get; set; }

    [Field("azureDisk", 16, Embedded = [2])]
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    [Field("photonPersistentDisk", 17, Embedded = [2])]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    [Field("portworxVolume", 18, Embedded = [2])]
    public PortworxVolumeSource? PortworxVolume { get; set; }

    [Field("scaleIO", 19, Embedded = [2])]
    public ScaleIOPersistentVolumeSource? ScaleIO { get; set; }

    [Field("local", 20, Embedded = [2])]
    public LocalVolumeSource? Local { get; set; }

    [Field("storageos", 21, Embedded = [2])]
    public StorageOSPersistentVolumeSource? Storageos { get; set; }

    [Field("csi", 22, Embedded = [2])]
    public CSIPersistentVolumeSource? Csi { get; set; }

    [Field("accessModes", 3, ListType = "atomic")]
    public List<string>? AccessModes { get; set; }

    [Field("claimRef", 4, MapType = "granular")]
    public ObjectReference? ClaimRef { get; set; }

    [Field("persistentVolumeReclaimPolicy", 5)]
    public string? PersistentVolumeReclaimPolicy { get; set; }

    [Field("storageClassName", 6)]
    public string? StorageClassName { get; set; }

    [Field("mountOptions", 7, ListType = "atomic")]
    public List<string>? MountOptions { get; set; }

    [Field("volumeMode", 8, Pointer = true)]
    public string? VolumeMode { get; set; }

    [Field("nodeAffinity", 9)]
    public VolumeNodeAffinity? NodeAffinity { get; set; }

    [Field("volumeAttributesClassName", 10, Pointer = true)]
    public string? VolumeAttributesClassName { get; set; }
}
