namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// One hierarchy per controller: <c>/sys/fs/cgroup/cpu/kubepods/…</c>, <c>/sys/fs/cgroup/memory/kubepods/…</c>.
/// The runtime adds the group to the other hierarchies itself; removal sweeps them all.
/// </summary>
internal sealed class CgroupsV1(string root) : ICgroups
{
    /// <summary>The kernel counts in hundredths of a second.</summary>
    private const long NanosecondsPerTick = 10_000_000;

    public int Version => 1;

    public Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken)
    {
        var cpu = Create("cpu", path);
        Write(cpu, "cpu.shares", resources.CpuShares);
        Write(cpu, "cpu.cfs_quota_us", resources.CpuQuota is > 0 ? resources.CpuQuota : resources.CpuQuota is null ? null : Cpu.Unlimited);
        var memory = Create("memory", path);
        Write(memory, "memory.limit_in_bytes", resources.MemoryBytes);
        var pids = Create("pids", path);
        Write(pids, "pids.max", resources.Pids);
        var pages = resources.HugePages.Count > 0 ? Create("hugetlb", path) : null;
        foreach (var (size, bytes) in resources.HugePages)
        {
            Write(pages, $"hugetlb.{size}.limit_in_bytes", bytes);
        }

        return Task.CompletedTask;
    }

    public bool CanLimitSwap => File.Exists(Path.Combine(root, "memory/memory.memsw.limit_in_bytes"));

    public Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var controller in Directory.GetDirectories(root))
        {
            CgroupHost.RemoveTree(controller + path);
        }

        return Task.CompletedTask;
    }

    public bool Exists(string path) => Directory.Exists(Path.Combine(root, "memory") + path);

    public void Kill(string path)
    {
        foreach (var controller in Directory.GetDirectories(root))
        {
            CgroupHost.KillTree(controller + path);
        }
    }

    public IReadOnlyList<string> Children(string path) => CgroupHost.ChildNames(Path.Combine(root, "memory") + path);

    public IReadOnlyList<int> Processes(string path) => CgroupHost.Processes(Path.Combine(root, "memory") + path);

    public CgroupUsage? Usage(string path)
    {
        var (accounting, cpu, memory) = (Path.Combine(root, "cpuacct") + path, Path.Combine(root, "cpu") + path, Path.Combine(root, "memory") + path);
        if (!Exists(path))
        {
            return null;
        }

        var (quota, stat) = (CgroupFile.Table(Path.Combine(cpu, "cpu.stat")), CgroupFile.Table(Path.Combine(memory, "memory.stat")));
        var times = CgroupFile.Table(Path.Combine(accounting, "cpuacct.stat"));
        var used = CgroupFile.Number(Path.Combine(memory, "memory.usage_in_bytes"));
        return new CgroupUsage
        {
            CpuNanoseconds = CgroupFile.Number(Path.Combine(accounting, "cpuacct.usage")),
            Periods = quota["nr_periods"u8],
            ThrottledPeriods = quota["nr_throttled"u8],
            ThrottledNanoseconds = quota["throttled_time"u8],
            Memory = used,
            WorkingSet = Math.Max(used - stat["total_inactive_file"u8], 0),
            MaxMemory = CgroupFile.Number(Path.Combine(memory, "memory.max_usage_in_bytes")),
            Rss = stat["total_rss"u8],
            Cache = stat["total_cache"u8],
            MappedFile = stat["total_mapped_file"u8],
            Swap = stat["total_swap"u8],
            PageFaults = stat["total_pgfault"u8],
            MajorPageFaults = stat["total_pgmajfault"u8],
            UserNanoseconds = times["user"u8] * NanosecondsPerTick,
            SystemNanoseconds = times["system"u8] * NanosecondsPerTick,
            ActiveFile = stat["total_active_file"u8],
            InactiveFile = stat["total_inactive_file"u8],
            KernelMemory = CgroupFile.Number(Path.Combine(memory, "memory.kmem.usage_in_bytes")),
            LimitHits = CgroupFile.Number(Path.Combine(memory, "memory.failcnt")),
            OomKills = CgroupFile.Table(Path.Combine(memory, "memory.oom_control"))["oom_kill"u8],
            Processes = CgroupFile.Number(Path.Combine(root, "pids") + path + "/pids.current"),
            MaxProcesses = CgroupFile.Number(Path.Combine(root, "pids") + path + "/pids.max"),
            Disks = new(() => DiskUsage.OfThrottling(Path.Combine(root, "blkio") + path)),
        };
    }

    private string? Create(string controller, string path)
    {
        var mount = Path.Combine(root, controller);
        return Directory.Exists(mount) ? Directory.CreateDirectory(mount + path).FullName : null;
    }

    private static void Write(string? directory, string file, long? value)
    {
        if (directory is not null && value is { } number)
        {
            File.WriteAllText(Path.Combine(directory, file), number.ToString());
        }
    }
}
