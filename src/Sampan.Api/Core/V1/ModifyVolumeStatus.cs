namespace Sampan.Api.Core.V1;

/// <summary>How far the change of a volume to another VolumeAttributesClass has got.</summary>
[ApiType("io.k8s.api.core.v1.ModifyVolumeStatus")]
public sealed partial class ModifyVolumeStatus : IApiType<ModifyVolumeStatus>
{
    /// <summary>VolumeAttributesClass that the volume is being changed to.</summary>
    [Field("targetVolumeAttributesClassName", 1)]
    public string? TargetVolumeAttributesClassName { get; set; }

    /// <summary>Pending (something is missing, such as the class), InProgress, or Infeasible (the driver refused).</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";
}
