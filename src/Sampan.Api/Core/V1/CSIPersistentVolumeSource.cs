namespace Sampan.Api.Core.V1;

/// <summary>Storage that an external CSI driver manages for a persistent volume.</summary>
[ApiType("io.k8s.api.core.v1.CSIPersistentVolumeSource")]
public sealed partial class CSIPersistentVolumeSource : IApiType<CSIPersistentVolumeSource>
{
    /// <summary>CSI driver in charge of the volume; the name it registers on nodes.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>Identifier the driver knows the volume by; unique for the driver and unchanging.</summary>
    [Field("volumeHandle", 2, Required = true)]
    public string VolumeHandle { get; set; } = "";

    /// <summary>Whether the driver is told to publish the volume read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    /// <summary>Filesystem for the volume, such as ext4; absent leaves the choice to the driver.</summary>
    [Field("fsType", 4)]
    public string? FsType { get; set; }

    /// <summary>Driver-specific properties recorded when the volume was created and passed back when it is used.</summary>
    [Field("volumeAttributes", 5)]
    public Dictionary<string, string>? VolumeAttributes { get; set; }

    /// <summary>Secret for the driver's calls that attach the volume to a node and detach it.</summary>
    [Field("controllerPublishSecretRef", 6)]
    public SecretReference? ControllerPublishSecretRef { get; set; }

    /// <summary>Secret for the driver's call that prepares the volume on a node, before any pod gets it.</summary>
    [Field("nodeStageSecretRef", 7)]
    public SecretReference? NodeStageSecretRef { get; set; }

    /// <summary>Secret for the driver's call that mounts the volume for one pod.</summary>
    [Field("nodePublishSecretRef", 8)]
    public SecretReference? NodePublishSecretRef { get; set; }

    /// <summary>Secret for the driver's call that enlarges the volume in the storage system.</summary>
    [Field("controllerExpandSecretRef", 9)]
    public SecretReference? ControllerExpandSecretRef { get; set; }

    /// <summary>Secret for the driver's call that enlarges the filesystem on the node.</summary>
    [Field("nodeExpandSecretRef", 10)]
    public SecretReference? NodeExpandSecretRef { get; set; }
}
