namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.VolumeError")]
public sealed partial class VolumeError : IApiType<VolumeError>
{
    [Field("time", 1)]
    public Time? Time { get; set; }

    [Field("message", 2)]
    public string? Message { get; set; }

    [Field("errorCode", 3)]
    public int? ErrorCode { get; set; }
}
