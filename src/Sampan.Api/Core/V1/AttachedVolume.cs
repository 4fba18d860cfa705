namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.AttachedVolume")]
public sealed partial class AttachedVolume : IApiType<AttachedVolume>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("devicePath", 2, Required = true)]
    public string DevicePath { get; set; } = "";
}
