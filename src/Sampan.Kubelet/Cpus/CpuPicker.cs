using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>
/// Picks processors so that as little as possible is broken up: whole sockets or NUMA nodes, then whole cores, then single
/// threads of cores that are in use already.
/// <code>
/// 2 cores of 2 threads, 0 and 1, 2 and 3; 3 wanted       → 0, 1 (a whole core), then 2
/// </code>
/// </summary>
internal static class CpuPicker
{
    /// <param name="isCacheAligned">Whole caches come before whole cores, and what is left comes from one cache if one has it.</param>
    public static CpuSet Pick(Machine machine, CpuSet available, int count, bool isCacheAligned = false)
    {
        var rest = machine.Processors.Where(p => available.Contains(p.Id)).ToList();
        var picked = new List<Processor>();
        foreach (var whole in Levels(machine))
        {
            TakeWhole(machine, whole, rest, picked, count);
        }

        if (isCacheAligned)
        {
            TakeWhole(machine, p => p.Cache, rest, picked, count);
            StayInOneCache(rest, count - picked.Count);
        }

        TakeWhole(machine, p => p.Core, rest, picked, count);

        while (picked.Count < count)
        {
            var next = rest
                .OrderByDescending(p => picked.Count(q => q.Socket == p.Socket))
                .ThenBy(p => rest.Count(q => q.Socket == p.Socket))
                .ThenBy(p => rest.Count(q => q.Core == p.Core))
                .ThenBy(p => p.Id)
                .First();
            rest.Remove(next);
            picked.Add(next);
        }

        return new CpuSet(picked.Select(p => p.Id));
    }

    /// <summary>The fullest cache that still has enough is enough.</summary>
    private static void StayInOneCache(List<Processor> rest, int wanted)
    {
        var cache = rest.GroupBy(p => p.Cache).Where(c => c.Count() >= wanted).OrderBy(c => c.Count()).ThenBy(c => c.Key).FirstOrDefault();
        if (cache is not null)
        {
            var key = cache.Key;
            rest.RemoveAll(p => p.Cache != key);
        }
    }

    /// <summary>From the largest part of a machine to the smallest that is more than a core.</summary>
    private static IEnumerable<Func<Processor, int>> Levels(Machine machine)
    {
        Func<Processor, int> socket = p => p.Socket, numa = p => p.Numa;
        var isNumaLarger = machine.Processors.DistinctBy(numa).Count() < machine.Processors.DistinctBy(socket).Count();
        return isNumaLarger ? [numa, socket] : [socket, numa];
    }

    private static void TakeWhole(Machine machine, Func<Processor, int> part, List<Processor> rest, List<Processor> picked, int count)
    {
        var whole = rest.GroupBy(part)
            .Where(g => g.Count() == machine.Processors.Count(p => part(p) == g.Key))
            .OrderBy(g => rest.Count(p => p.Numa == g.First().Numa))
            .ThenBy(g => g.Key)
            .Select(g => g.ToList())
            .ToList();
        foreach (var group in whole.Where(g => g.Count <= count - picked.Count))
        {
            if (group.Count <= count - picked.Count)
            {
                picked.AddRange(group);
                rest.RemoveAll(group.Contains);
            }
        }
    }
}
