using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>A pod's and a container's security contexts, joined, in CRI's terms. The container's own settings win.</summary>
internal static class SecurityContexts
{
    private const string Localhost = "Localhost";
    private const string RuntimeDefault = "RuntimeDefault";

    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
        "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
        .. ThermalThrottles(),
    ];

    private static readonly string[] ReadOnlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <param name="pod">The pod.</param>
    /// <param name="volumes">Its volumes, some of which want their users in a group of their own.</param>
    public static Cri.LinuxSandboxSecurityContext ForSandbox(Pod pod, IEnumerable<MountedVolume> volumes)
    {
        var context = new Cri.LinuxSandboxSecurityContext
        {
            NamespaceOptions = Namespaces(pod),
            Privileged = pod.AllContainers().Any(c => c.SecurityContext?.Privileged == true),
            Seccomp = new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        };
        if (pod.Spec.SecurityContext is { } own)
        {
            context.RunAsUser = Value(own.RunAsUser);
            context.RunAsGroup = own.RunAsUser is null ? null : Value(own.RunAsGroup);
            context.SupplementalGroups.AddRange(Groups(pod, volumes));
            context.SupplementalGroupsPolicy = GroupsPolicy(pod);
            context.SelinuxOptions = Convert(own.SeLinuxOptions);
        }

        return context;
    }

    /// <param name="pod">The pod.</param>
    /// <param name="container">One of its containers.</param>
    /// <param name="image">Names the user where neither pod nor container does.</param>
    /// <param name="seccomp">The node's settings of seccomp.</param>
    /// <param name="target">For an ephemeral container, the container whose processes it shall see.</param>
    /// <param name="volumes">The pod's volumes.</param>
    public static Cri.LinuxContainerSecurityContext ForContainer(Pod pod, Container container, Cri.Image? image, SeccompDefaults seccomp, string? target, IEnumerable<MountedVolume> volumes)
    {
        var (whole, own) = (pod.Spec.SecurityContext, container.SecurityContext);
        var context = new Cri.LinuxContainerSecurityContext
        {
            NamespaceOptions = Namespaces(pod),
            Privileged = own?.Privileged == true,
            ReadonlyRootfs = own?.ReadOnlyRootFilesystem == true,
            NoNewPrivs = own?.AllowPrivilegeEscalation == false,
            RunAsGroup = Value(own?.RunAsGroup ?? whole?.RunAsGroup),
            SupplementalGroups = { Groups(pod, volumes) },
            SupplementalGroupsPolicy = GroupsPolicy(pod),
            Seccomp = Seccomp(own?.SeccompProfile ?? whole?.SeccompProfile, seccomp),
            Apparmor = AppArmor(own?.AppArmorProfile ?? whole?.AppArmorProfile),
            SelinuxOptions = Convert(own?.SeLinuxOptions ?? whole?.SeLinuxOptions),
        };
        if (target is not null)
        {
            context.NamespaceOptions.Pid = Cri.NamespaceMode.Target;
            context.NamespaceOptions.TargetId = target;
        }

        if (own?.Capabilities is { } capabilities)
        {
            context.Capabilities = new() { AddCapabilities = { capabilities.Add.OrEmpty() }, DropCapabilities = { capabilities.Drop.OrEmpty() } };
        }

        if (own?.ProcMount != "Unmasked")
        {
            context.MaskedPaths.AddRange(MaskedPaths);
            context.ReadonlyPaths.AddRange(ReadOnlyPaths);
        }

        SetUser(context, own?.RunAsUser ?? whole?.RunAsUser, image);
        return context;
    }

    /// <exception cref="StartFailure">The container would run as root against its own wish.</exception>
    public static void CheckNonRoot(Pod pod, Container container, Cri.Image? image)
    {
        if ((container.SecurityContext?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot) != true)
        {
            return;
        }

        var who = $"(pod: \"{pod.Describe()}\", container: {container.Name})";
        var user = container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser;
        var problem = user switch
        {
            0 => $"container's runAsUser breaks non-root policy {who}",
            not null => null,
            _ when image?.Uid is { } uid && uid.Value == 0 => $"container has runAsNonRoot and image will run as root {who}",
            _ when image is { Uid: null, Username.Length: > 0 } =>
                $"container has runAsNonRoot and image has non-numeric user ({image.Username}), cannot verify user is non-root {who}",
            _ when image is { Uid: null } => $"container has runAsNonRoot and image will run as root {who}",
            _ => null,
        };
        if (problem is not null)
        {
            throw new StartFailure("CreateContainerConfigError", problem);
        }
    }

    /// <summary>How hot each processor was tells what other pods do.</summary>
    private static IEnumerable<string> ThermalThrottles()
    {
        const string processors = "/sys/devices/system/cpu";
        return !Directory.Exists(processors)
            ? []
            : Directory.GetDirectories(processors, "cpu*").Where(d => char.IsAsciiDigit(d[^1])).Select(d => Path.Combine(d, "thermal_throttle")).Where(Directory.Exists).Order(StringComparer.Ordinal);
    }

    private static Cri.NamespaceOption Namespaces(Pod pod) => new()
    {
        Network = pod.Spec.HostNetwork ? Cri.NamespaceMode.Node : Cri.NamespaceMode.Pod,
        Ipc = pod.Spec.HostIPC ? Cri.NamespaceMode.Node : Cri.NamespaceMode.Pod,
        Pid = pod.Spec.HostPID ? Cri.NamespaceMode.Node
            : pod.Spec.ShareProcessNamespace == true ? Cri.NamespaceMode.Pod
            : Cri.NamespaceMode.Container,
    };

    private static void SetUser(Cri.LinuxContainerSecurityContext context, long? user, Cri.Image? image)
    {
        if (user is not null)
        {
            context.RunAsUser = Value(user);
        }
        else if (image?.Uid is not null)
        {
            context.RunAsUser = image.Uid;
        }
        else
        {
            context.RunAsUsername = image?.Username ?? "";
        }
    }

    /// <summary>What the pod asks for, and what its volumes ask for beyond that.</summary>
    private static IEnumerable<long> Groups(Pod pod, IEnumerable<MountedVolume> volumes)
    {
        var own = (pod.Spec.SecurityContext?.SupplementalGroups).OrEmpty();
        var whole = pod.Spec.SecurityContext?.FsGroup is { } group ? own.Append(group) : own;
        return whole.Concat(volumes.Select(v => v.Group).OfType<long>().Distinct().Except(own));
    }

    /// <summary>Whether the image may put its user in further groups.</summary>
    private static Cri.SupplementalGroupsPolicy GroupsPolicy(Pod pod) =>
        pod.Spec.SecurityContext?.SupplementalGroupsPolicy == "Strict" ? Cri.SupplementalGroupsPolicy.Strict : Cri.SupplementalGroupsPolicy.Merge;

    private static Cri.Int64Value? Value(long? number) => number is { } value ? new Cri.Int64Value { Value = value } : null;

    private static Cri.SecurityProfile Seccomp(SeccompProfile? profile, SeccompDefaults node) => (profile?.Type ?? (node.IsRuntimeDefault ? RuntimeDefault : null)) switch
    {
        RuntimeDefault => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        Localhost => new()
        {
            ProfileType = Cri.SecurityProfile.Types.ProfileType.Localhost,
            LocalhostRef = Path.Combine(node.Root, profile?.LocalhostProfile ?? ""),
        },
        _ => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Unconfined },
    };

    private static Cri.SecurityProfile? AppArmor(AppArmorProfile? profile) => profile?.Type switch
    {
        RuntimeDefault => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        Localhost => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = profile.LocalhostProfile ?? "" },
        "Unconfined" => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Unconfined },
        _ => null,
    };

    private static Cri.SELinuxOption? Convert(SELinuxOptions? options) => options is null
        ? null
        : new() { User = options.User ?? "", Role = options.Role ?? "", Type = options.Type ?? "", Level = options.Level ?? "" };
}
