namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerStateRunning")]
public sealed partial class ContainerStateRunning : IApiType<ContainerStateRunning>
{
    [Field("startedAt", 1)]
    public Time? StartedAt { get; set; }
}
