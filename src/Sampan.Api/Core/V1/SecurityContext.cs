namespace Sampan.Api.Core.V1;

/// <summary>Rights and restrictions of a container's processes.</summary>
[ApiType("io.k8s.api.core.v1.SecurityContext")]
public sealed partial class SecurityContext : IApiType<SecurityContext>
{
    /// <summary>Linux capabilities to add or take away, compared with the runtime's default set. Not for Windows.</summary>
    [Field("capabilities", 1)]
    public Capabilities? Capabilities { get; set; }

    /// <summary>Whether the container has nearly all the power of root on the node; false by default. Not for Windows.</summary>
    [Field("privileged", 2)]
    public bool? Privileged { get; set; }

    /// <summary>SELinux label of the container; takes precedence over the pod's. Not for Windows.</summary>
    [Field("seLinuxOptions", 3)]
    public SELinuxOptions? SeLinuxOptions { get; set; }

    /// <summary>Identity of the container on Windows; each setting takes precedence over the pod's. Not for Linux.</summary>
    [Field("windowsOptions", 10)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>Number of the user that the container runs as; the pod's or the image's when absent. Not for Windows.</summary>
    [Field("runAsUser", 4)]
    public long? RunAsUser { get; set; }

    /// <summary>
    /// Number of the primary group that the container runs with; the pod's or the runtime's choice when absent. Not for Windows.
    /// </summary>
    [Field("runAsGroup", 8)]
    public long? RunAsGroup { get; set; }

    /// <summary>If true, the container is not started should it run as user 0; the pod's setting when absent.</summary>
    [Field("runAsNonRoot", 5)]
    public bool? RunAsNonRoot { get; set; }

    /// <summary>Whether the container can write only to its volumes and not to its own filesystem; false by default.</summary>
    [Field("readOnlyRootFilesystem", 6)]
    public bool? ReadOnlyRootFilesystem { get; set; }

    /// <summary>
    /// Whether a process may gain more rights than its parent, as by setuid; must not be false if privileged or with SYS_ADMIN.
    /// </summary>
    [Field("allowPrivilegeEscalation", 7)]
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>Default hides sensitive parts of /proc as the runtime does; Unmasked shows them and needs hostUsers to be false.</summary>
    [Field("procMount", 9, Pointer = true)]
    public string? ProcMount { get; set; }

    /// <summary>Filter of system calls for the container; takes precedence over the pod's. Not for Windows.</summary>
    [Field("seccompProfile", 11)]
    public SeccompProfile? SeccompProfile { get; set; }

    /// <summary>AppArmor profile of the container; takes precedence over the pod's. Not for Windows.</summary>
    [Field("appArmorProfile", 12)]
    public AppArmorProfile? AppArmorProfile { get; set; }
}
