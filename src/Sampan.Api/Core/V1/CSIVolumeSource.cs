namespace Sampan.Api.Core.V1;

/// <summary>A volume that a CSI driver makes for one pod and removes together with it.</summary>
[ApiType("io.k8s.api.core.v1.CSIVolumeSource")]
public sealed partial class CSIVolumeSource : IApiType<CSIVolumeSource>
{
    /// <summary>CSI driver to ask; it must support ephemeral inline volumes and be registered on the node.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>Whether the driver is asked for a read-only volume; false when absent.</summary>
    [Field("readOnly", 2)]
    public bool? ReadOnly { get; set; }

    /// <summary>Filesystem to ask for, such as ext4; absent or empty lets the driver decide.</summary>
    [Field("fsType", 3, Pointer = true)]
    public string? FsType { get; set; }

    /// <summary>Settings for the driver; which keys and values exist is described in its documentation.</summary>
    [Field("volumeAttributes", 4)]
    public Dictionary<string, string>? VolumeAttributes { get; set; }

    /// <summary>Secret in the pod's namespace that the driver gets when it mounts the volume.</summary>
    [Field("nodePublishSecretRef", 5)]
    public LocalObjectReference? NodePublishSecretRef { get; set; }
}
