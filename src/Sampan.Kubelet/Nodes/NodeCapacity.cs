using Sampan.Api;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Nodes;

/// <summary>What the machine has, and what of it pods may have.</summary>
internal sealed record NodeCapacity(Dictionary<string, Quantity> Capacity, Dictionary<string, Quantity> Allocatable, long MemoryBytes, int Cores)
{
    /// <summary>Kept free for the system: the default hard eviction thresholds.</summary>
    private const long MemoryReserve = 100L * 1024 * 1024;

    private const double StorageShare = 0.9;

    public static NodeCapacity Read(int maxPods, string rootDirectory, ILinux linux)
    {
        var (cores, memory) = (HostFacts.Cores(), HostFacts.MemoryBytes());
        var storage = Directory.Exists(rootDirectory) ? linux.UsageOf(rootDirectory).Capacity : 0;
        return Create(cores, memory, storage, maxPods);
    }

    public static NodeCapacity Create(int cores, long memory, long storage, int maxPods)
    {
        var capacity = List(cores, memory, new Quantity(storage, QuantityFormat.BinarySI), maxPods);
        var allocatable = List(cores, Math.Max(memory - MemoryReserve, 0), new Quantity((long)(storage * StorageShare)), maxPods);
        return new NodeCapacity(capacity, allocatable, memory, cores);
    }

    private static Dictionary<string, Quantity> List(int cores, long memory, Quantity storage, int maxPods) => new()
    {
        ["cpu"] = new Quantity(cores),
        ["ephemeral-storage"] = storage,
        ["hugepages-1Gi"] = new Quantity(0),
        ["hugepages-2Mi"] = new Quantity(0),
        ["memory"] = new Quantity(memory, QuantityFormat.BinarySI),
        ["pods"] = new Quantity(maxPods),
    };
}
