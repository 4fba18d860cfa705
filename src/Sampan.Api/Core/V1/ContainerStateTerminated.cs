namespace Sampan.Api.Core.V1;

/// <summary>Details of a container that has ended.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStateTerminated")]
public sealed partial class ContainerStateTerminated : IApiType<ContainerStateTerminated>
{
    /// <summary>Exit code of the container's main process; 0 means success.</summary>
    [Field("exitCode", 1, Required = true)]
    public int ExitCode { get; set; }

    /// <summary>Number of the signal that ended the main process, if one did.</summary>
    [Field("signal", 2)]
    public int Signal { get; set; }

    /// <summary>Why the container ended, in one word, such as Completed, Error or OOMKilled.</summary>
    [Field("reason", 3)]
    public string? Reason { get; set; }

    /// <summary>What the container left as its last message.</summary>
    [Field("message", 4)]
    public string? Message { get; set; }

    /// <summary>When this run of the container began.</summary>
    [Field("startedAt", 5)]
    public Time? StartedAt { get; set; }

    /// <summary>When this run of the container was over.</summary>
    [Field("finishedAt", 6)]
    public Time? FinishedAt { get; set; }

    /// <summary>Identifier of the ended container, in the form runtime://id.</summary>
    [Field("containerID", 7)]
    public string? ContainerID { get; set; }
}
