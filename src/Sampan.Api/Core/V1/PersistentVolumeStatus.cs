namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PersistentVolumeStatus")]
public sealed partial class PersistentVolumeStatus : IApiType<PersistentVolumeStatus>
{
    [Field("phase", 1)]
    public string? Phase { get; set; }

    [Field("message", 2)]
    public string? Message { get; set; }

    [Field("reason", 3)]
    public string? Reason { get; set; }

    [Field("lastPhaseTransitionTime", 4, Pointer = true)]
    public Time? LastPhaseTransitionTime { get; set; }
}
