using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Admission.PodSecurity.CheckText;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>The baseline level: no known way out of a container. Upstream: staging/src/k8s.io/pod-security-admission/policy.</summary>
internal static class BaselineChecks
{
    private const string AppArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

    private static readonly HashSet<string> Capabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP",
        "SETUID", "SYS_CHROOT",
    ];

    /// <summary>The sysctls that pods may set, and the minor version since which they may.</summary>
    private static readonly Dictionary<string, int> Sysctls = new()
    {
        ["kernel.shm_rmid_forced"] = 0,
        ["net.ipv4.ip_local_port_range"] = 0,
        ["net.ipv4.tcp_syncookies"] = 0,
        ["net.ipv4.ping_group_range"] = 0,
        ["net.ipv4.ip_unprivileged_port_start"] = 0,
        ["net.ipv4.ip_local_reserved_ports"] = 27,
        ["net.ipv4.tcp_keepalive_time"] = 29,
        ["net.ipv4.tcp_fin_timeout"] = 29,
        ["net.ipv4.tcp_keepalive_intvl"] = 29,
        ["net.ipv4.tcp_keepalive_probes"] = 29,
        ["net.ipv4.tcp_rmem"] = 32,
        ["net.ipv4.tcp_wmem"] = 32,
    };

    public static IReadOnlyList<PodSecurityCheck> All { get; } =
    [
        Of((pod, _) => AppArmor(pod)),
        new(PodSecurityLevel.Baseline, (pod, _) => AddedCapabilities(pod), OnlyBaseline: true),
        Of((pod, _) => HostNamespaces(pod.Spec)),
        new(PodSecurityLevel.Baseline, (pod, _) => HostPaths(pod.Spec), OnlyBaseline: true),
        Of((pod, _) => HostPorts(pod)),
        Of((pod, minor) => minor >= 34 ? ProbeHosts(pod) : null),
        Of((pod, _) => Privileged(pod)),
        Of((pod, _) => ProcMount(pod)),
        Of((pod, minor) => SeLinux(pod, minor)),
        new(PodSecurityLevel.Baseline, (pod, _) => Seccomp(pod), OnlyBaseline: true),
        Of((pod, minor) => ForbiddenSysctls(pod, minor)),
        Of((pod, _) => HostProcess(pod)),
    ];

    private static PodSecurityCheck Of(Func<PodView, int, Violation?> find) => new(PodSecurityLevel.Baseline, find);

    private static Violation? AppArmor(PodView pod)
    {
        static bool IsBad(AppArmorProfile? profile) => profile is not null && profile.Type is not ("RuntimeDefault" or "Localhost");

        static bool IsBadText(string value) =>
            value.Length > 0 && value != "runtime/default" && !value.StartsWith("localhost/", StringComparison.Ordinal);

        var containers = pod.Containers.Where(one => IsBad(one.Context?.AppArmorProfile)).ToList();
        var annotations = pod.Annotations.Where(one => one.Key.StartsWith(AppArmorAnnotation, StringComparison.Ordinal) && IsBadText(one.Value)).ToList();
        var setters = new List<string>();
        if (Setters(IsBad(pod.Context?.AppArmorProfile), [.. containers.Select(one => one.Name)]) is { Length: > 0 } some)
        {
            setters.Add(some);
        }
        if (annotations.Count > 0)
        {
            setters.Add($"{Plural("annotation", "annotations", annotations.Count)} {Sorted(annotations.Select(one => one.Key))}");
        }
        List<string> values =
        [
            .. IsBad(pod.Context?.AppArmorProfile) ? [pod.Context!.AppArmorProfile!.Type] : Array.Empty<string>(),
            .. containers.Select(one => one.Context!.AppArmorProfile!.Type), .. annotations.Select(one => one.Value),
        ];
        return setters.Count == 0 ? null : new(
            Plural("forbidden AppArmor profile", "forbidden AppArmor profiles", values.Distinct().Count()),
            $"{string.Join(" and ", setters)} must not set AppArmor profile type to {Sorted(values)}");
    }

    private static Violation? AddedCapabilities(PodView pod)
    {
        static List<string> Added(ContainerView one) => [.. (one.Context?.Capabilities?.Add).OrEmpty().Where(name => !Capabilities.Contains(name))];

        var bad = pod.Containers.Where(one => Added(one).Count > 0).ToList();
        return bad.Count == 0 ? null : new(
            "non-default capabilities",
            $"{Containers([.. bad.Select(one => one.Name)])} must not include {Sorted(bad.SelectMany(Added))} in securityContext.capabilities.add");
    }

    private static Violation? HostNamespaces(PodSpec spec)
    {
        List<string> shared = [];
        if (spec.HostNetwork)
        {
            shared.Add("hostNetwork=true");
        }
        if (spec.HostPID)
        {
            shared.Add("hostPID=true");
        }
        if (spec.HostIPC)
        {
            shared.Add("hostIPC=true");
        }
        return shared.Count == 0 ? null : new("host namespaces", string.Join(", ", shared));
    }

    private static Violation? HostPaths(PodSpec spec)
    {
        var volumes = spec.Volumes.OrEmpty().Where(volume => volume.HostPath is not null).Select(volume => volume.Name).ToList();
        return volumes.Count == 0 ? null : new("hostPath volumes", $"{Plural("volume", "volumes", volumes.Count)} {Quoted(volumes)}");
    }

    private static Violation? HostPorts(PodView pod)
    {
        var bad = pod.Containers.Where(one => one.Ports.Any(port => port.HostPort > 0)).ToList();
        List<string> ports =
        [
            .. bad.SelectMany(one => one.Ports).Where(port => port.HostPort > 0)
                .Select(port => port.HostPort.ToString(CultureInfo.InvariantCulture)!).Distinct().Order(StringComparer.Ordinal),
        ];
        return bad.Count == 0 ? null : new(
            "hostPort",
            $"{Containers([.. bad.Select(one => one.Name)])} {Plural("uses", "use", bad.Count)} {Plural("hostPort", "hostPorts", ports.Count)} {string.Join(", ", ports)}");
    }

    private static Violation? ProbeHosts(PodView pod)
    {
        var bad = pod.Containers.Where(one => one.Hosts.Count > 0).ToList();
        var hosts = bad.SelectMany(one => one.Hosts).Distinct().ToList();
        return bad.Count == 0 ? null : new(
            "probe or lifecycle host",
            $"{Containers([.. bad.Select(one => one.Name)])} {Plural("uses", "use", bad.Count)} probe or lifecycle {Plural("host", "hosts", hosts.Count)} {Sorted(hosts)}");
    }

    private static Violation? Privileged(PodView pod)
    {
        var bad = Names(pod, one => one.Context?.Privileged == true);
        return bad.Count == 0 ? null : new("privileged", $"{Containers(bad)} must not set securityContext.privileged=true");
    }

    private static Violation? ProcMount(PodView pod)
    {
        var bad = pod.Containers.Where(one => one.Context?.ProcMount is not (null or "" or "Default")).ToList();
        return bad.Count == 0 ? null : new(
            "procMount", $"{Containers([.. bad.Select(one => one.Name)])} must not set securityContext.procMount to {Sorted(bad.Select(one => one.Context!.ProcMount!))}");
    }

    private static Violation? SeLinux(PodView pod, int minor)
    {
        bool IsBadType(SELinuxOptions? options) => options is not null
            && options.Type is not (null or "" or "container_t" or "container_init_t" or "container_kvm_t")
            && !(options.Type == "container_engine_t" && minor >= 31);

        bool IsBad(SELinuxOptions? options) => IsBadType(options) || !string.IsNullOrEmpty(options?.User) || !string.IsNullOrEmpty(options?.Role);

        var containers = pod.Containers.Where(one => IsBad(one.Context?.SeLinuxOptions)).ToList();
        var isPodBad = IsBad(pod.Context?.SeLinuxOptions);
        if (containers.Count == 0 && !isPodBad)
        {
            return null;
        }
        SELinuxOptions[] all = [.. containers.Select(one => one.Context!.SeLinuxOptions!), .. isPodBad ? [pod.Context!.SeLinuxOptions!] : Array.Empty<SELinuxOptions>()];
        var types = all.Where(IsBadType).Select(one => one.Type!).Distinct().ToList();
        List<string> data = [];
        if (types.Count > 0)
        {
            data.Add($"{Plural("type", "types", types.Count)} {Sorted(types)}");
        }
        if (all.Any(one => !string.IsNullOrEmpty(one.User)))
        {
            data.Add("user may not be set");
        }
        if (all.Any(one => !string.IsNullOrEmpty(one.Role)))
        {
            data.Add("role may not be set");
        }
        return new(
            "seLinuxOptions",
            $"{Setters(isPodBad, [.. containers.Select(one => one.Name)])} set forbidden securityContext.seLinuxOptions: {string.Join("; ", data)}");
    }

    private static Violation? Seccomp(PodView pod) => SeccompSetters.Find(pod);

    private static Violation? ForbiddenSysctls(PodView pod, int minor)
    {
        var bad = (pod.Context?.Sysctls).OrEmpty()
            .Where(sysctl => !Sysctls.TryGetValue(sysctl.Name, out var since) || minor < since).Select(sysctl => sysctl.Name).ToList();
        return bad.Count == 0 ? null : new(Plural("forbidden sysctl", "forbidden sysctls", bad.Count), string.Join(", ", bad));
    }

    private static Violation? HostProcess(PodView pod)
    {
        var containers = Names(pod, one => one.Context?.WindowsOptions?.HostProcess == true);
        var setters = Setters(pod.Context?.WindowsOptions?.HostProcess == true, containers);
        return setters.Length == 0 ? null : new("hostProcess", $"{setters} must not set securityContext.windowsOptions.hostProcess=true");
    }

    private static List<string> Names(PodView pod, Func<ContainerView, bool> isBad) => [.. pod.Containers.Where(isBad).Select(one => one.Name)];
}
