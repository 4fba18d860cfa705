namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.VolumeResourceRequirements")]
public sealed partial class VolumeResourceRequirements : IApiType<VolumeResourceRequirements>
{
    [Field("limits", 1)]
    public Dictionary<string, Quantity>? Limits { get; set; }

    [Field("requests", 2)]
    public Dictionary<string, Quantity>? Requests { get; set; }
}
