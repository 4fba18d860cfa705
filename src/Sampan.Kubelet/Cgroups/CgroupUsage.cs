namespace Sampan.Kubelet.Cgroups;

/// <summary>What the processes of a group use; memory in bytes. The working set is what cannot be given back without harm.</summary>
internal sealed record CgroupUsage
{
    public long CpuNanoseconds { get; init; }

    /// <summary>Intervals in which the group's quota counted, those in which it ran out, and how long it was held up.</summary>
    public long Periods { get; init; }

    public long ThrottledPeriods { get; init; }

    public long ThrottledNanoseconds { get; init; }

    public long Memory { get; init; }

    public long WorkingSet { get; init; }

    public long MaxMemory { get; init; }

    public long Rss { get; init; }

    public long Cache { get; init; }

    public long MappedFile { get; init; }

    public long Swap { get; init; }

    public long PageFaults { get; init; }

    public long MajorPageFaults { get; init; }

    /// <summary>Processes and threads.</summary>
    public long Processes { get; init; }

    /// <summary>How many there may be; 0 for any number.</summary>
    public long MaxProcesses { get; init; }

    /// <summary>Read when somebody looks: only monitoring wants them.</summary>
    public Lazy<IReadOnlyList<DiskUsage>> Disks { get; init; } = new([]);

    public long UserNanoseconds { get; init; }

    public long SystemNanoseconds { get; init; }

    public long ActiveFile { get; init; }

    public long InactiveFile { get; init; }

    public long KernelMemory { get; init; }

    /// <summary>How often memory ran into the group's limit, and how often something was killed for it.</summary>
    public long LimitHits { get; init; }

    public long OomKills { get; init; }

    public Pressures Pressures { get; init; } = Pressures.None;
}
