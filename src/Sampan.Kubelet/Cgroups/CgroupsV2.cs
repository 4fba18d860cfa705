namespace Sampan.Kubelet.Cgroups;

/// <summary>One hierarchy for all controllers; each level passes the controllers on to the next.</summary>
internal sealed class CgroupsV2(string root) : ICgroups
{
    private static readonly string[] Wanted = ["cpu", "cpuset", "memory", "pids", "io", "hugetlb"];

    public Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken)
    {
        var directory = Create(path);
        Write(directory, "cpu.weight", resources.CpuShares is { } shares ? Cpu.Weight(shares).ToString() : null);
        Write(directory, "cpu.max", resources.CpuQuota is { } quota ? $"{(quota > 0 ? quota : "max")} {Cpu.Period}" : null);
        Write(directory, "memory.max", resources.MemoryBytes?.ToString());
        Write(directory, "pids.max", resources.Pids?.ToString());
        foreach (var (size, bytes) in resources.HugePages)
        {
            Write(directory, $"hugetlb.{size}.max", bytes.ToString());
        }

        return Task.CompletedTask;
    }

    /// <summary>The root itself has no limits; what is right below it has them.</summary>
    public bool CanLimitSwap => Directory.Exists(root) && Directory.GetDirectories(root).Any(group => File.Exists(Path.Combine(group, "memory.swap.max")));

    public Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        CgroupHost.RemoveTree(root + path);
        return Task.CompletedTask;
    }

    public bool Exists(string path) => Directory.Exists(root + path);

    public void Kill(string path) => CgroupHost.KillTree(root + path);

    public IReadOnlyList<string> Children(string path) => CgroupHost.ChildNames(root + path);

    public IReadOnlyList<int> Processes(string path) => CgroupHost.Processes(root + path);

    public CgroupUsage? Usage(string path)
    {
        var directory = root + path;
        if (!Directory.Exists(directory))
        {
            return null;
        }

        const long nanosecondsPerMicrosecond = 1000;
        var (cpu, stat) = (CgroupFile.Table(Path.Combine(directory, "cpu.stat")), CgroupFile.Table(Path.Combine(directory, "memory.stat")));
        var happened = CgroupFile.Table(Path.Combine(directory, "memory.events"));
        var used = Memory(directory, stat);
        return new CgroupUsage
        {
            CpuNanoseconds = cpu["usage_usec"u8] * nanosecondsPerMicrosecond,
            Periods = cpu["nr_periods"u8],
            ThrottledPeriods = cpu["nr_throttled"u8],
            ThrottledNanoseconds = cpu["throttled_usec"u8] * nanosecondsPerMicrosecond,
            Memory = used,
            WorkingSet = Math.Max(used - stat["inactive_file"u8], 0),
            MaxMemory = CgroupFile.Number(Path.Combine(directory, "memory.peak")),
            Rss = stat["anon"u8],
            Cache = stat["file"u8],
            MappedFile = stat["file_mapped"u8],
            Swap = CgroupFile.Number(Path.Combine(directory, "memory.swap.current")),
            PageFaults = stat["pgfault"u8],
            MajorPageFaults = stat["pgmajfault"u8],
            UserNanoseconds = cpu["user_usec"u8] * nanosecondsPerMicrosecond,
            SystemNanoseconds = cpu["system_usec"u8] * nanosecondsPerMicrosecond,
            ActiveFile = stat["active_file"u8],
            InactiveFile = stat["inactive_file"u8],
            KernelMemory = stat["kernel"u8],
            LimitHits = happened["max"u8],
            OomKills = happened["oom_kill"u8],
            Pressures = PressuresOf(path),
            Processes = CgroupFile.Number(Path.Combine(directory, "pids.current")),
            MaxProcesses = CgroupFile.Number(Path.Combine(directory, "pids.max")),
            Disks = new(() => DiskUsage.OfIo(directory)),
        };
    }

    public Pressures PressuresOf(string path) => Pressures.OfGroup(root + path);

    private string Create(string path)
    {
        var directory = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            Delegate(directory);
            directory = Directory.CreateDirectory(Path.Combine(directory, part)).FullName;
        }

        return directory;
    }

    /// <summary>The root does not count itself: all that the machine's processes and its page cache take.</summary>
    private static long Memory(string directory, CgroupTable stat)
    {
        var current = Path.Combine(directory, "memory.current");
        return File.Exists(current) ? CgroupFile.Number(current) : stat["anon"u8] + stat["file"u8];
    }

    /// <summary>Lets what is in a group have the controllers that the group has. A group with processes right in it cannot do that.</summary>
    private static void Delegate(string directory)
    {
        var (available, enabled) = (Controllers("cgroup.controllers"), Controllers("cgroup.subtree_control"));
        foreach (var controller in Wanted.Where(c => available.Contains(c) && !enabled.Contains(c)))
        {
            try
            {
                File.WriteAllText(Path.Combine(directory, "cgroup.subtree_control"), "+" + controller);
            }
            catch (IOException)
            {
                // What is below then has no limits of this kind, which the kernel does not allow there.
            }
        }

        string[] Controllers(string file) => CgroupFile.Text(Path.Combine(directory, file)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Write(string directory, string file, string? value)
    {
        var path = Path.Combine(directory, file);
        if (value is not null && File.Exists(path))
        {
            File.WriteAllText(path, value);
        }
    }
}
