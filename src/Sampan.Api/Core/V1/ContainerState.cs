namespace Sampan.Api.Core.V1;

/// <summary>What a container is doing: exactly one of waiting, running or terminated; waiting when none is set.</summary>
[ApiType("io.k8s.api.core.v1.ContainerState")]
public sealed partial class ContainerState : IApiType<ContainerState>
{
    /// <summary>Set while the container is not started yet, for example while its image is pulled.</summary>
    [Field("waiting", 1)]
    public ContainerStateWaiting? Waiting { get; set; }

    /// <summary>Set while the container runs.</summary>
    [Field("running", 2)]
    public ContainerStateRunning? Running { get; set; }

    /// <summary>Set after the container has ended, with or without success.</summary>
    [Field("terminated", 3)]
    public ContainerStateTerminated? Terminated { get; set; }
}
