namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerState")]
public sealed partial class ContainerState : IApiType<ContainerState>
{
    [Field("waiting", 1)]
    public ContainerStateWaiting? Waiting { get; set; }

    [Field("running", 2)]
    public ContainerStateRunning? Running { get; set; }

    [Field("terminated", 3)]
    public ContainerStateTerminated? Terminated { get; set; }
}
