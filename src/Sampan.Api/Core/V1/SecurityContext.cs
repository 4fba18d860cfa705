namespace Sampan.Api.Core.V1;

/// <summary>Rights and restrictions of a container's processes.</summary>
[ApiType("io.k8s.api.core.v1.SecurityContext")]
public sealed partial class SecurityContext : IApiType<SecurityContext>
{
    [Field("capabilities", 1)]
    public Capabilities? Capabilities { get; set; }

    [Field("privileged", 2)]
    public bool? Privileged { get; set; }

    [Field("seLinuxOptions", 3)]
    public SELinuxOptions? SeLinuxOptions { get; set; }

    [Field("windowsOptions", 10)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    [Field("runAsUser", 4)]
    public long? RunAsUser { get; set; }

    [Field("runAsGroup", 8)]
    public long? RunAsGroup { get; set; }

    [Field("runAsNonRoot", 5)]
    public bool? RunAsNonRoot { get; set; }

    [Field("readOnlyRootFilesystem", 6)]
    public bool? ReadOnlyRootFilesystem { get; set; }

    [Field("allowPrivilegeEscalation", 7)]
    public bool? AllowPrivilegeEscalation { get; set; }

    [Field("procMount", 9, Pointer = true)]
    public string? ProcMount { get; set; }

    [Field("seccompProfile", 11)]
    public SeccompProfile? SeccompProfile { get; set; }

    [Field("appArmorProfile", 12)]
    public AppArmorProfile? AppArmorProfile { get; set; }
}
