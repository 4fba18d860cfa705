namespace Sampan.Kubelet.Configuration;

/// <summary>Memory of one NUMA node that the memory manager keeps away from pods, from its type to a quantity.</summary>
public sealed record MemoryReservation
{
    public int NumaNode { get; set; }

    public IReadOnlyDictionary<string, string> Limits { get; set; } = new Dictionary<string, string>();
}
