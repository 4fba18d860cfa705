using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>Memory in bytes; null where nobody counts it. Available is what a limit leaves.</summary>
internal sealed record MemoryStats(DateTimeOffset Time, long WorkingSet)
{
    public long? Available { get; init; }

    public long? Usage { get; init; }

    public long? Rss { get; init; }

    public long? PageFaults { get; init; }

    public long? MajorPageFaults { get; init; }

    public long? Swap { get; init; }

    public Pressure? Pressure { get; init; }
}
