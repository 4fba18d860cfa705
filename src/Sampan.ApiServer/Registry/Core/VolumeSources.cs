using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Which of its many sources a volume has.</summary>
internal static class VolumeSources
{
    /// <summary>The sources by JSON name; all but one are null in a valid volume.</summary>
    public static IEnumerable<(string Name, object? Value)> Of(Volume volume) =>
    [
        ("emptyDir", volume.EmptyDir), ("hostPath", volume.HostPath), ("gitRepo", volume.GitRepo),
        ("gcePersistentDisk", volume.GcePersistentDisk), ("awsElasticBlockStore", volume.AwsElasticBlockStore),
        ("secret", volume.Secret), ("nfs", volume.Nfs), ("iscsi", volume.Iscsi), ("glusterfs", volume.Glusterfs),
        ("flocker", volume.Flocker), ("persistentVolumeClaim", volume.PersistentVolumeClaim), ("rbd", volume.Rbd),
        ("cinder", volume.Cinder), ("cephfs", volume.Cephfs), ("quobyte", volume.Quobyte), ("downwardAPI", volume.DownwardAPI),
        ("fc", volume.Fc), ("flexVolume", volume.FlexVolume), ("configMap", volume.ConfigMap), ("azureFile", volume.AzureFile),
        ("vsphereVolume", volume.VsphereVolume), ("photonPersistentDisk", volume.PhotonPersistentDisk),
        ("portworxVolume", volume.PortworxVolume), ("azureDisk", volume.AzureDisk), ("storageos", volume.Storageos),
        ("projected", volume.Projected), ("scaleIO", volume.ScaleIO), ("csi", volume.Csi), ("ephemeral", volume.Ephemeral),
        ("image", volume.Image),
    ];
}
