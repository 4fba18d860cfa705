using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>
/// Which kernel parameters pods may set: those that are safe, and those that the node allows beside them. All must belong to a
/// namespace, and to one that the pod has of its own.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/sysctl.</remarks>
internal sealed class Sysctls(IReadOnlyList<string> allowedUnsafe)
{
    private static readonly HashSet<string> Safe =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    private static readonly string[] OfIpc = ["kernel.shm", "kernel.msg", "fs.mqueue."];

    public PodTermination? Check(Pod pod)
    {
        foreach (var sysctl in (pod.Spec.SecurityContext?.Sysctls).OrEmpty())
        {
            var name = Dotted(sysctl.Name);
            var isOfNetwork = name.StartsWith("net.", StringComparison.Ordinal);
            var problem = !IsAllowed(name) ? "not allowlisted"
                : isOfNetwork && pod.Spec.HostNetwork ? "not allowed with host net enabled"
                : !isOfNetwork && IsOfIpc(name) && pod.Spec.HostIPC ? "not allowed with host ipc enabled"
                : null;
            if (problem is not null)
            {
                return new PodTermination("SysctlForbidden", $"forbidden sysctl: \"{name}\" {problem}") { IsRejection = true };
            }
        }

        return null;
    }

    /// <summary>Whichever separator comes first separates; the other is part of a name: <c>net/ipv4/conf/eth0.1/x</c> is <c>net.ipv4.conf.eth0/1.x</c>.</summary>
    public static string Dotted(string name) => name.IndexOfAny(['.', '/']) is >= 0 and var first && name[first] == '/'
        ? string.Create(name.Length, name, (swapped, original) =>
        {
            for (var i = 0; i < original.Length; i++)
            {
                swapped[i] = original[i] switch { '/' => '.', '.' => '/', var other => other };
            }
        })
        : name;

    private bool IsAllowed(string name) => Safe.Contains(name)
        || allowedUnsafe.Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern);

    private static bool IsOfIpc(string name) => name == "kernel.sem" || OfIpc.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
