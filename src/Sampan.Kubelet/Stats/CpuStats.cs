using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>Processor time used until then, and how many billionths of a core were in use lately, once that is known.</summary>
internal sealed record CpuStats(DateTimeOffset Time, ulong CoreNanoseconds, ulong? NanoCores = null)
{
    public Pressure? Pressure { get; init; }
}
