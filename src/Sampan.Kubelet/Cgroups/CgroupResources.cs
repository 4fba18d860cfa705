namespace Sampan.Kubelet.Cgroups;

/// <summary>Limits of a group; null leaves the kernel's default. The quota is microseconds of CPU per <see cref="Cpu.Period"/>.</summary>
internal sealed record CgroupResources(long? CpuShares = null, long? CpuQuota = null, long? MemoryBytes = null, long? Pids = null)
{
    private static readonly Dictionary<string, long> NoPages = [];
    public static readonly CgroupResources None = new();

    /// <summary>As much of everything as either has; what one leaves open stays as it is.</summary>
    public CgroupResources AtLeast(CgroupResources other) => this with
    {
        CpuShares = Max(CpuShares, other.CpuShares),
        CpuQuota = CpuQuota > 0 && other.CpuQuota > 0 ? Max(CpuQuota, other.CpuQuota) : CpuQuota,
        MemoryBytes = Max(MemoryBytes, other.MemoryBytes),
    };

    private static long? Max(long? one, long? other) => one is { } a && other is { } b ? Math.Max(a, b) : null;

    /// <summary>Bytes by the name of a page's size: <c>2MB</c>.</summary>
    public IReadOnlyDictionary<string, long> HugePages { get; init; } = NoPages;
}
