namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodLogOptions")]
[Kind("", "v1")]
public sealed partial class PodLogOptions : ITyped<PodLogOptions>
{
    [Field("container", 1)]
    public string? Container { get; set; }

    [Field("follow", 2)]
    public bool Follow { get; set; }

    [Field("previous", 3)]
    public bool Previous { get; set; }

    [Field("sinceSeconds", 4)]
    public long? SinceSeconds { get; set; }

    [Field("sinceTime", 5, Pointer = true)]
    public Time? SinceTime { get; set; }

    [Field("timestamps", 6)]
    public bool Timestamps { get; set; }

    [Field("tailLines", 7)]
    public long? TailLines { get; set; }

    [Field("limitBytes", 8)]
    public long? LimitBytes { get; set; }

    [Field("insecureSkipTLSVerifyBackend", 9)]
    public bool InsecureSkipTLSVerifyBackend { get; set; }

    [Field("stream", 10, Pointer = true)]
    public string? Stream { get; set; }
}
