namespace Sampan.Kubelet.Topology;

/// <summary>What there is of one resource on a NUMA node, and what becomes of it; in bytes.</summary>
internal sealed record MemoryTable(long Total, long SystemReserved, long Allocatable, long Reserved)
{
    public long Free => Allocatable - Reserved;
}
