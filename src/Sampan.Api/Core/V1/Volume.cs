namespace Sampan.Api.Core.V1;

/// <summary>A directory that containers of a pod can mount, and where it comes from.</summary>
[ApiType("io.k8s.api.core.v1.Volume")]
public sealed partial class Volume : IApiType<Volume>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("hostPath", 1, Embedded = [2])]
    public HostPathVolumeSource? HostPath { get; set; }

    [Field("emptyDir", 2, Embedded = [2])]
    public EmptyDirVolumeSource? EmptyDir { get; set; }

    [Field("gcePersistentDisk", 3, Embedded = [2])]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    [Field("awsElasticBlockStore", 4, Embedded = [2])]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    [Field("gitRepo", 5, Embedded = [2])]
    public GitRepoVolumeSource? GitRepo { get; set; }

    [Field("secret", 6, Embedded = [2])]
    public SecretVolumeSource? Secret { get; set; }

    [Field("nfs", 7, Embedded = [2])]
    public NFSVolumeSource? Nfs { get; set; }

    [Field("iscsi", 8, Embedded = [2])]
    public ISCSIVolumeSource? Iscsi { get; set; }

    [Field("glusterfs", 9, Embedded = [2])]
    public GlusterfsVolumeSource? Glusterfs { get; set; }

    [Field("persistentVolumeClaim", 10, Embedded = [2])]
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    [Field("rbd", 11, Embedded = [2])]
    public RBDVolumeSource? Rbd { get; set; }

    [Field("flexVolume", 12, Embedded = [2])]
    public FlexVolumeSource? FlexVolume { get; set; }

    [Field("cinder", 13, Embedded = [2])]
    public CinderVolumeSource? Cinder { get; set; }

    [Field("cephfs", 14, Embedded = [2])]
    public CephFSVolumeSource? Cephfs { get; set; }

    [Field("flocker", 15, Embedded = [2])]
    public FlockerVolumeSource? Flocker { get; set; }

    [Field("downwardAPI", 16, Embedded = [2])]
    public DownwardAPIVolumeSource? DownwardAPI { get; set; }

    [Field("fc", 17, Embedded = [2])]
    public FCVolumeSource? Fc { get; set; }

    [Field("azureFile", 18, Embedded = [2])]
    public AzureFileVolumeSource? AzureFile { get; set; }

    [Field("configMap", 19, Embedded = [2])]
    public ConfigMapVolumeSource? ConfigMap { get; set; }

    [Field("vsphereVolume", 20, Embedded = [2])]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }

    [Field("quobyte", 21, Embedded = [2])]
    public QuobyteVolumeSource? Quobyte { get; set; }

    [Field("azureDisk", 22, Embedded = [2])]
    public AzureDiskVolumeSource? AzureDisk { get; set; }

    [Field("photonPersistentDisk", 23, Embedded = [2])]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    [Field("projected", 26, Embedded = [2])]
    public ProjectedVolumeSource? Projected { get; set; }

    [Field("portworxVolume", 24, Embedded = [2])]
    public PortworxVolumeSource? PortworxVolume { get; set; }

    [Field("scaleIO", 25, Embedded = [2])]
    public ScaleIOVolumeSource? ScaleIO { get; set; }

    [Field("storageos", 27, Embedded = [2])]
    public StorageOSVolumeSource? Storageos { get; set; }

    [Field("csi", 28, Embedded = [2])]
    public CSIVolumeSource? Csi { get; set; }

    [Field("ephemeral", 29, Embedded = [2])]
    public EphemeralVolumeSource? Ephemeral { get; set; }

    [Field("image", 30, Embedded = [2])]
    public ImageVolumeSource? Image { get; set; }
}
