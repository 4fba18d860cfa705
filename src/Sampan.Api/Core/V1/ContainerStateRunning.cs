namespace Sampan.Api.Core.V1;

/// <summary>Details of a container that runs.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStateRunning")]
public sealed partial class ContainerStateRunning : IApiType<ContainerStateRunning>
{
    /// <summary>Time of the container's latest start.</summary>
    [Field("startedAt", 1)]
    public Time? StartedAt { get; set; }
}
