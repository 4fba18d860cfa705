namespace Sampan.Api.Core.V1;

/// <summary>Rights and restrictions of all containers of a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodSecurityContext")]
public sealed partial class PodSecurityContext : IApiType<PodSecurityContext>
{
    [Field("seLinuxOptions", 1)]
    public SELinuxOptions? SeLinuxOptions { get; set; }

    [Field("windowsOptions", 8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    [Field("runAsUser", 2)]
    public long? RunAsUser { get; set; }

    [Field("runAsGroup", 6)]
    public long? RunAsGroup { get; set; }

    [Field("runAsNonRoot", 3)]
    public bool? RunAsNonRoot { get; set; }

    [Field("supplementalGroups", 4, ListType = "atomic")]
    public List<long>? SupplementalGroups { get; set; }

    [Field("supplementalGroupsPolicy", 12, Pointer = true)]
    public string? SupplementalGroupsPolicy { get; set; }

    [Field("fsGroup", 5)]
    public long? FsGroup { get; set; }

    [Field("sysctls", 7, ListType = "atomic")]
    public List<Sysctl>? Sysctls { get; set; }

    [Field("fsGroupChangePolicy", 9, Pointer = true)]
    public string? FsGroupChangePolicy { get; set; }

    [Field("seccompProfile", 10)]
    public SeccompProfile? SeccompProfile { get; set; }

    [Field("appArmorProfile", 11)]
    public AppArmorProfile? AppArmorProfile { get; set; }

    [Field("seLinuxChangePolicy", 13, Pointer = true)]
    public string? SeLinuxChangePolicy { get; set; }
}
