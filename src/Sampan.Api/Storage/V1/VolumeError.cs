namespace Sampan.Api.Storage.V1;

/// <summary>Why something failed with a volume.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeError")]
public sealed partial class VolumeError : IApiType<VolumeError>
{
    /// <summary>When it failed.</summary>
    [Field("time", 1)]
    public Time? Time { get; set; }

    /// <summary>What went wrong, in words for people; without secrets.</summary>
    [Field("message", 2)]
    public string? Message { get; set; }

    /// <summary>The gRPC code that the driver answered with.</summary>
    [Field("errorCode", 3)]
    public int? ErrorCode { get; set; }
}
