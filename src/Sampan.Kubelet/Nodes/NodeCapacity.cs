using Sampan.Api;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// What the machine has, and what of it pods may have: all but what is reserved for the system and the kubelet, and what hard
/// eviction keeps free; memory that is set aside as huge pages is no memory of the usual kind.
/// </summary>
/// <param name="Capacity">All of it.</param>
/// <param name="Allocatable">What the scheduler may give out.</param>
/// <param name="ForPods">What pods together cannot exceed.</param>
/// <param name="MemoryBytes">All memory.</param>
/// <param name="Cores">All processors.</param>
internal sealed record NodeCapacity(
    Dictionary<string, Quantity> Capacity, Dictionary<string, Quantity> Allocatable, CgroupResources ForPods, long MemoryBytes, int Cores)
{
    private const string EphemeralStorage = "ephemeral-storage";
    private const string Memory = "memory";
    private const string Cpu = "cpu";

    public static NodeCapacity Read(KubeletConfiguration configuration, string rootDirectory, ILinux linux)
    {
        var (cores, memory) = (HostFacts.Cores(), HostFacts.MemoryBytes());
        var storage = Directory.Exists(rootDirectory) ? linux.UsageOf(rootDirectory).Capacity : 0;
        return Create(configuration, cores, memory, storage, HugePageSize.Read(), HostUsage.Processes().Max);
    }

    public static NodeCapacity Create(KubeletConfiguration configuration, int cores, long memory, long storage, IReadOnlyList<HugePageSize> hugePages, long? processes = null)
    {
        var pods = configuration.PodsPerCore > 0 ? Math.Min(configuration.PodsPerCore * cores, configuration.MaxPods) : configuration.MaxPods;
        var hard = Threshold.From(configuration).Where(t => !t.IsSoft).ToDictionary(t => t.Signal);
        var cpuForPods = Math.Max((cores * 1000L) - Reserved(configuration, Cpu).AsMilli(), 0);
        var memoryForPods = Math.Max(memory - Reserved(configuration, Memory).AsLong(), 0);
        var pages = hugePages.ToDictionary(size => size.Resource, size => size.Bytes * size.Count);
        var pagesLeft = pages.ToDictionary(p => p.Key, p => Math.Max(p.Value - Reserved(configuration, p.Key).AsLong(), 0));
        var isEnforced = configuration.EnforceNodeAllocatable.Contains("pods");
        var memoryLeft = Math.Max(memoryForPods - pages.Values.Sum() - (hard.GetValueOrDefault(Signal.MemoryAvailable)?.Least.Of(memory) ?? 0), 0);
        var storageLeft = Math.Max(storage - Reserved(configuration, EphemeralStorage).AsLong() - (hard.GetValueOrDefault(Signal.NodeFsAvailable)?.Least.Of(storage) ?? 0), 0);
        return new NodeCapacity(
            List(new Quantity(cores), memory, Isolated(configuration, storage), pods, pages),
            List(cpuForPods % 1000 == 0 ? new Quantity(cpuForPods / 1000) : Quantity.Parse($"{cpuForPods}m"), memoryLeft, Isolated(configuration, storageLeft), pods, pagesLeft),
            new CgroupResources(Cgroups.Cpu.Shares(isEnforced ? cpuForPods : cores * 1000L), MemoryBytes: isEnforced ? memoryForPods : memory, Pids: processes - (isEnforced ? Reserved(configuration, "pid").AsLong() : 0))
            {
                HugePages = hugePages.ToDictionary(size => size.Name, size => (isEnforced ? pagesLeft : pages)[size.Resource]),
            },
            memory,
            cores);
    }

    /// <summary>What of a resource is kept for the system and the kubelet.</summary>
    public static Quantity Reserved(KubeletConfiguration configuration, string resource) => resource == Cpu && configuration.ReservedSystemCpus.Length > 0
        ? new Quantity(CpuSet.Parse(configuration.ReservedSystemCpus).Count)
        : Sum(configuration.SystemReserved, resource) + Sum(configuration.KubeReserved, resource);

    private static Quantity Sum(IReadOnlyDictionary<string, string> reserved, string resource) =>
        reserved.TryGetValue(resource, out var text) ? Quantity.Parse(text) : Quantity.Zero;

    /// <summary>A node that does not watch how much disk pods take does not share it out either.</summary>
    private static long? Isolated(KubeletConfiguration configuration, long storage) => configuration.LocalStorageCapacityIsolation ? storage : null;

    private static Dictionary<string, Quantity> List(Quantity cpu, long memory, long? storage, int pods, Dictionary<string, long> hugePages)
    {
        var list = new Dictionary<string, Quantity>(hugePages.Select(p => KeyValuePair.Create(p.Key, new Quantity(p.Value, QuantityFormat.BinarySI))))
        {
            [Cpu] = cpu,
            [Memory] = new Quantity(memory, QuantityFormat.BinarySI),
            ["pods"] = new Quantity(pods),
        };
        if (storage is { } bytes)
        {
            list[EphemeralStorage] = new Quantity(bytes, QuantityFormat.BinarySI);
        }

        return list;
    }
}
