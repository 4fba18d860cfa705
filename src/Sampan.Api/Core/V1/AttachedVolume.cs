namespace Sampan.Api.Core.V1;

/// <summary>A volume that the control plane has attached to a node.</summary>
[ApiType("io.k8s.api.core.v1.AttachedVolume")]
public sealed partial class AttachedVolume : IApiType<AttachedVolume>
{
    /// <summary>Unique volume name, made of the plugin and the plugin's own identifier.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Where the volume shows up as a device on the node; may be empty.</summary>
    [Field("devicePath", 2, Required = true)]
    public string DevicePath { get; set; } = "";
}
