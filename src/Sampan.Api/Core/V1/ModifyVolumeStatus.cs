namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ModifyVolumeStatus")]
public sealed partial class ModifyVolumeStatus : IApiType<ModifyVolumeStatus>
{
    [Field("targetVolumeAttributesClassName", 1)]
    public string? TargetVolumeAttributesClassName { get; set; }

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";
}
