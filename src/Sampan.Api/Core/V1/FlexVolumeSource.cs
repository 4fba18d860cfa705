namespace Sampan.Api.Core.V1;

/// <summary>Storage for one pod that a FlexVolume script on the node manages; deprecated in favour of CSI.</summary>
[ApiType("io.k8s.api.core.v1.FlexVolumeSource")]
public sealed partial class FlexVolumeSource : IApiType<FlexVolumeSource>
{
    /// <summary>FlexVolume driver to call, in the form vendor/driver.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>Filesystem to mount, such as ext4; the script's choice when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }

    /// <summary>Secret in the pod's namespace handed to the script; all of its entries are passed.</summary>
    [Field("secretRef", 3)]
    public LocalObjectReference? SecretRef { get; set; }

    /// <summary>Makes every mount of the volume read-only.</summary>
    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    /// <summary>Driver-specific settings for the script; keys in the domain kubernetes.io are reserved.</summary>
    [Field("options", 5)]
    public Dictionary<string, string>? Options { get; set; }
}
