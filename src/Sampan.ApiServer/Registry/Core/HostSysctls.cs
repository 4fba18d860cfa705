namespace Sampan.ApiServer.Registry.Core;

/// <summary>Which of the kernel's settings belong to a namespace. Upstream: component-helpers/node/util/sysctl.</summary>
internal static class HostSysctls
{
    /// <summary>Why a setting cannot be the pod's own, given what it shares with its host; null when it can.</summary>
    public static string? ComplaintAbout(string name, bool hostNetwork, bool hostIpc)
    {
        var dotted = Dotted(name);
        if (hostNetwork && dotted.StartsWith("net.", StringComparison.Ordinal))
        {
            return "may not be specified when 'hostNetwork' is true";
        }
        return hostIpc && IsOfIpc(dotted) ? "may not be specified when 'hostIPC' is true" : null;
    }

    private static bool IsOfIpc(string name) =>
        name == "kernel.sem"
        || name.StartsWith("kernel.shm", StringComparison.Ordinal)
        || name.StartsWith("kernel.msg", StringComparison.Ordinal)
        || name.StartsWith("fs.mqueue.", StringComparison.Ordinal);

    /// <summary>A name may be written with slashes; then its dots stand for slashes inside a part.</summary>
    private static string Dotted(string name)
    {
        var (slash, dot) = (name.IndexOf('/', StringComparison.Ordinal), name.IndexOf('.', StringComparison.Ordinal));
        return slash < 0 || (dot >= 0 && dot < slash)
            ? name
            : string.Concat(name.Select(c => c switch { '/' => '.', '.' => '/', _ => c }));
    }
}
