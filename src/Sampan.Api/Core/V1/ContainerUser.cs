namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerUser")]
public sealed partial class ContainerUser : IApiType<ContainerUser>
{
    [Field("linux", 1)]
    public LinuxContainerUser? Linux { get; set; }
}
