namespace Sampan.Api.Core.V1;

/// <summary>Identity and isolation of containers on Windows.</summary>
[ApiType("io.k8s.api.core.v1.WindowsSecurityContextOptions")]
public sealed partial class WindowsSecurityContextOptions : IApiType<WindowsSecurityContextOptions>
{
    /// <summary>GMSA credential spec to use, by name; a webhook fills in its content.</summary>
    [Field("gmsaCredentialSpecName", 1, Pointer = true)]
    public string? GmsaCredentialSpecName { get; set; }

    /// <summary>Content of the GMSA credential spec, usually filled in from its name.</summary>
    [Field("gmsaCredentialSpec", 2, Pointer = true)]
    public string? GmsaCredentialSpec { get; set; }

    /// <summary>Windows user that the container runs as, such as ContainerUser; the image's when absent.</summary>
    [Field("runAsUserName", 3, Pointer = true)]
    public string? RunAsUserName { get; set; }

    /// <summary>
    /// Whether the container runs as a process of the node itself; the same for all containers, and needs host networking.
    /// </summary>
    [Field("hostProcess", 4)]
    public bool? HostProcess { get; set; }
}
