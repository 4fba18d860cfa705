namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerStateWaiting")]
public sealed partial class ContainerStateWaiting : IApiType<ContainerStateWaiting>
{
    [Field("reason", 1)]
    public string? Reason { get; set; }

    [Field("message", 2)]
    public string? Message { get; set; }
}
