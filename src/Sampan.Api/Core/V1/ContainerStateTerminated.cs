namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerStateTerminated")]
public sealed partial class ContainerStateTerminated : IApiType<ContainerStateTerminated>
{
    [Field("exitCode", 1, Required = true)]
    public int ExitCode { get; set; }

    [Field("signal", 2)]
    public int Signal { get; set; }

    [Field("reason", 3)]
    public string? Reason { get; set; }

    [Field("message", 4)]
    public string? Message { get; set; }

    [Field("startedAt", 5)]
    public Time? StartedAt { get; set; }

    [Field("finishedAt", 6)]
    public Time? FinishedAt { get; set; }

    [Field("containerID", 7)]
    public string? ContainerID { get; set; }
}
