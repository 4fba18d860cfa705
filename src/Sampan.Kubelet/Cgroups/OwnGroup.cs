namespace Sampan.Kubelet.Cgroups;

/// <summary>The control group that this process runs in.</summary>
internal static class OwnGroup
{
    /// <summary>Null for the root, and where processor and memory are counted in different groups: neither is then the kubelet's alone.</summary>
    public static string? Path { get; } = Read("/proc/self/cgroup");

    /// <summary>
    /// From lines of a hierarchy's number, its controllers and the path in it; that of processor and memory counts, or the only one.
    /// <code>
    /// 9:memory:/system.slice/kubelet.service
    /// 0::/system.slice/kubelet.service
    /// </code>
    /// </summary>
    public static string? Read(string file)
    {
        var groups = CgroupFile.Text(file).Split('\n').Select(l => l.Split(':', 3)).Where(f => f.Length == 3).ToList();
        var memory = Of("memory");
        return memory == "/" || memory != Of("cpuacct") ? null : memory;

        string? Of(string controller) => (groups.Find(g => g[1].Split(',').Contains(controller)) ?? groups.Find(g => g[1].Length == 0))?[2];
    }
}
