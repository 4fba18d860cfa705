namespace Sampan.Api.Core.V1;

/// <summary>The filter that decides which system calls a container may make on Linux.</summary>
[ApiType("io.k8s.api.core.v1.SeccompProfile", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]")]
public sealed partial class SeccompProfile : IApiType<SeccompProfile>
{
    /// <summary>Where the filter comes from: RuntimeDefault, Unconfined (no filter) or Localhost (a file on the node).</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>
    /// File with the filter, relative to the kubelet's seccomp directory; required with type Localhost and forbidden with any other.
    /// </summary>
    [Field("localhostProfile", 2, Pointer = true)]
    public string? LocalhostProfile { get; set; }
}
