namespace Sampan.Api.Core.V1;

/// <summary>A raw block volume as a device in a container.</summary>
[ApiType("io.k8s.api.core.v1.VolumeDevice")]
public sealed partial class VolumeDevice : IApiType<VolumeDevice>
{
    /// <summary>Volume of the pod to use; must be a claim with volume mode Block.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Where the device appears in the container, such as /dev/xvda.</summary>
    [Field("devicePath", 2, Required = true)]
    public string DevicePath { get; set; } = "";
}
