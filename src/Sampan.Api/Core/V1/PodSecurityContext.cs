namespace Sampan.Api.Core.V1;

/// <summary>Rights and restrictions of all containers of a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodSecurityContext")]
public sealed partial class PodSecurityContext : IApiType<PodSecurityContext>
{
    /// <summary>SELinux label for all containers; a container's own takes precedence, and without either the runtime picks one.</summary>
    [Field("seLinuxOptions", 1)]
    public SELinuxOptions? SeLinuxOptions { get; set; }

    /// <summary>Identity of the containers on Windows, such as the user or a GMSA; not for Linux pods.</summary>
    [Field("windowsOptions", 8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>Number of the user that the containers run as; the image's user when absent. Not for Windows.</summary>
    [Field("runAsUser", 2)]
    public long? RunAsUser { get; set; }

    /// <summary>Number of the primary group that the containers run with; the runtime's choice when absent. Not for Windows.</summary>
    [Field("runAsGroup", 6)]
    public long? RunAsGroup { get; set; }

    /// <summary>If true, a container that would run as user 0 is not started.</summary>
    [Field("runAsNonRoot", 3)]
    public bool? RunAsNonRoot { get; set; }

    /// <summary>Numbers of further groups for the first process of each container. Not for Windows.</summary>
    [Field("supplementalGroups", 4, ListType = "atomic")]
    public List<long>? SupplementalGroups { get; set; }

    /// <summary>Merge (the default) also takes the user's groups from the image's group file, Strict only those given here.</summary>
    [Field("supplementalGroupsPolicy", 12, Pointer = true)]
    public string? SupplementalGroupsPolicy { get; set; }

    /// <summary>
    /// Number of the group that gets ownership of the volumes and that all processes join; ownership stays as it is when absent.
    /// </summary>
    [Field("fsGroup", 5)]
    public long? FsGroup { get; set; }

    /// <summary>Kernel parameters to set in the pod's namespaces; unsafe ones must be allowed on the node. Not for Windows.</summary>
    [Field("sysctls", 7, ListType = "atomic")]
    public List<Sysctl>? Sysctls { get; set; }

    /// <summary>
    /// When files change group: Always (the default) at each mount, or OnRootMismatch if the volume's top directory differs.
    /// </summary>
    [Field("fsGroupChangePolicy", 9, Pointer = true)]
    public string? FsGroupChangePolicy { get; set; }

    /// <summary>Filter of system calls for all containers; a container's own takes precedence. Not for Windows.</summary>
    [Field("seccompProfile", 10)]
    public SeccompProfile? SeccompProfile { get; set; }

    /// <summary>AppArmor profile for all containers; a container's own takes precedence. Not for Windows.</summary>
    [Field("appArmorProfile", 11)]
    public AppArmorProfile? AppArmorProfile { get; set; }

    /// <summary>How volumes get their SELinux label: MountOption sets it once at mounting, Recursive relabels every file.</summary>
    [Field("seLinuxChangePolicy", 13, Pointer = true)]
    public string? SeLinuxChangePolicy { get; set; }
}
