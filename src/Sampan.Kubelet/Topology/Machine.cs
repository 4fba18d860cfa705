using System.Globalization;
using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Topology;

/// <summary>Processors and memory, and what lies next to what.</summary>
internal sealed record Machine(IReadOnlyList<Processor> Processors, IReadOnlyList<NumaNode> Nodes)
{
    public CpuSet Cpus => new(Processors.Select(p => p.Id));

    public ulong NumaNodes => NumaMask.Of(Nodes.Select(n => n.Id));

    public int CpusPerCore => Processors.Count / Math.Max(Processors.DistinctBy(p => p.Core).Count(), 1);

    public CpuSet CpusOf(ulong nodes) => new(Processors.Where(p => NumaMask.Has(nodes, p.Numa)).Select(p => p.Id));

    /// <summary>Processors with all that share a core with one of them.</summary>
    public CpuSet SiblingsOf(CpuSet cpus)
    {
        var cores = Processors.Where(p => cpus.Contains(p.Id)).Select(p => p.Core).ToHashSet();
        return new(Processors.Where(p => cores.Contains(p.Core)).Select(p => p.Id));
    }

    /// <summary>As <c>/sys/devices/system</c> tells; a kernel without NUMA has one node.</summary>
    public static Machine Read(string system = "/sys/devices/system", string memoryInfo = "/proc/meminfo")
    {
        var places = Numbered(Path.Combine(system, "node"), "node").ToDictionary(n => n.Id, n => CpuSet.Parse(Text(Path.Combine(n.Path, "cpulist"))));
        var cores = new Dictionary<(int, int), int>();
        var processors = Numbered(Path.Combine(system, "cpu"), "cpu")
            .Where(cpu => Directory.Exists(Path.Combine(cpu.Path, "topology")))
            .Select(cpu =>
            {
                var (core, socket) = (Number(cpu.Path, "topology/core_id"), Math.Max(Number(cpu.Path, "topology/physical_package_id"), 0));
                cores.TryAdd((socket, core), cores.Count);
                var place = places.FirstOrDefault(p => p.Value.Contains(cpu.Id));
                return new Processor(cpu.Id, cores[(socket, core)], socket, place.Key, Cache(cpu.Path, place.Value?.Count) ?? socket);
            })
            .ToList();
        var nodes = Numbered(Path.Combine(system, "node"), "node").Select(n => new NumaNode(n.Id, MemoryOf(n.Path), Distances(n.Path))).ToList();
        return new Machine(processors, nodes.Count > 0 ? nodes : [new NumaNode(0, new Dictionary<string, long> { ["memory"] = Total(memoryInfo) })]);
    }

    private static Dictionary<string, long> MemoryOf(string node)
    {
        var result = new Dictionary<string, long> { ["memory"] = Total(Path.Combine(node, "meminfo")) };
        var pages = Path.Combine(node, "hugepages");
        foreach (var size in HugePageSize.Read(pages))
        {
            result[size.Resource] = size.Bytes * size.Count;
        }

        return result;
    }

    /// <summary>10 21: itself, and the other node.</summary>
    private static IReadOnlyList<int> Distances(string node) =>
        [.. Text(Path.Combine(node, "distance")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => int.Parse(d, CultureInfo.InvariantCulture))];

    /// <summary>The number of a processor's last cache; null where there is none, or none smaller than its NUMA node, so that all of the socket are alike.</summary>
    private static int? Cache(string cpu, int? ofNode)
    {
        var cache = Path.Combine(cpu, "cache/index3");
        var sharing = CpuSet.Parse(Text(Path.Combine(cache, "shared_cpu_list")));
        return sharing.Count == 0 || sharing.Count == ofNode ? null
            : File.Exists(Path.Combine(cache, "id")) ? Number(cache, "id")
            : sharing.Ids.Min();
    }

    private static IEnumerable<(int Id, string Path)> Numbered(string directory, string prefix) =>
        (Directory.Exists(directory) ? Directory.GetDirectories(directory, prefix + "*") : [])
            .Select(path => (Name: Path.GetFileName(path)[prefix.Length..], path))
            .Where(d => int.TryParse(d.Name, CultureInfo.InvariantCulture, out _))
            .Select(d => (int.Parse(d.Name, CultureInfo.InvariantCulture), d.path))
            .OrderBy(d => d.Item1);

    private static long Total(string file) => File.Exists(file)
        && File.ReadLines(file).FirstOrDefault(l => l.Contains("MemTotal:", StringComparison.Ordinal)) is { } line
        && line[(line.IndexOf("MemTotal:", StringComparison.Ordinal) + "MemTotal:".Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var kib, ..]
        ? long.Parse(kib, CultureInfo.InvariantCulture) * 1024
        : 0;

    private static string Text(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : "";

    private static int Number(string directory, string file) => int.TryParse(Text(Path.Combine(directory, file)), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
