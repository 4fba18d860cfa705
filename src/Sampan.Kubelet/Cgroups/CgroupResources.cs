namespace Sampan.Kubelet.Cgroups;

/// <summary>Limits of a group; null leaves the kernel's default. The quota is microseconds of CPU per <see cref="Cpu.Period"/>.</summary>
internal sealed record CgroupResources(long? CpuShares = null, long? CpuQuota = null, long? MemoryBytes = null, long? Pids = null)
{
    public static readonly CgroupResources None = new();

    /// <summary>Bytes by the name of a page's size: <c>2MB</c>.</summary>
    public IReadOnlyDictionary<string, long> HugePages { get; init; } = new Dictionary<string, long>();
}
