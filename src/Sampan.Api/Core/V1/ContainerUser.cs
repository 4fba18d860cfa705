namespace Sampan.Api.Core.V1;

/// <summary>Identity of a container's first process; which part is set depends on the operating system.</summary>
[ApiType("io.k8s.api.core.v1.ContainerUser")]
public sealed partial class ContainerUser : IApiType<ContainerUser>
{
    /// <summary>User and groups of the process on Linux.</summary>
    [Field("linux", 1)]
    public LinuxContainerUser? Linux { get; set; }
}
