using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>
/// Picks processors so that as little as possible is broken up: whole sockets or NUMA nodes, then whole cores, then single
/// threads. Of equal parts of a machine, those of the fullest larger part come first.
/// <code>
/// 2 cores of 2 threads, 0 and 1, 2 and 3; 3 wanted       → 0, 1 (a whole core), then 2
/// </code>
/// </summary>
/// <remarks>Upstream: takeByTopologyNUMAPacked in pkg/kubelet/cm/cpumanager/cpu_assignment.go.</remarks>
internal sealed class CpuPicker
{
    private readonly Machine _machine;
    private readonly Func<Processor, int> _larger;
    private readonly Func<Processor, int> _smaller;
    private readonly List<Processor> _rest;
    private readonly List<int> _picked = [];
    private int _wanted;

    private CpuPicker(Machine machine, CpuSet available, int count)
    {
        Func<Processor, int> socket = p => p.Socket, numa = p => p.Numa;
        var isNumaLarger = machine.Processors.DistinctBy(numa).Count() <= machine.Processors.DistinctBy(socket).Count();
        (_larger, _smaller) = isNumaLarger ? (numa, socket) : (socket, numa);
        (_machine, _wanted) = (machine, count);
        _rest = [.. machine.Processors.Where(p => available.Contains(p.Id))];
    }

    /// <param name="machine">What lies next to what.</param>
    /// <param name="available">To pick from; at least as many as are wanted.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="isCacheAligned">Whole caches come before whole cores, and what is left comes from one cache if one has it.</param>
    public static CpuSet Pick(Machine machine, CpuSet available, int count, bool isCacheAligned = false)
    {
        var picker = new CpuPicker(machine, available, count);
        picker.TakeWhole(picker._larger);
        picker.TakeWhole(picker._larger, picker._smaller);
        if (isCacheAligned)
        {
            picker.TakeWhole(picker._larger, picker._smaller, p => p.Cache);
            picker.TakeOfOneCache();
        }

        picker.TakeWhole(picker._larger, picker._smaller, p => p.Core);
        picker.Take([.. Parts(picker._rest, picker._larger, picker._smaller, p => p.Core).SelectMany(core => core.OrderBy(p => p.Id)).Take(picker._wanted)]);
        return new CpuSet(picker._picked);
    }

    /// <summary>Takes every part that is whole and not too much.</summary>
    /// <param name="path">What the parts are parts of, and last what they are.</param>
    private void TakeWhole(params Func<Processor, int>[] path)
    {
        var part = path[^1];
        foreach (var whole in Parts(_rest, path).Where(g => g.Count() == _machine.Processors.Count(p => part(p) == g.Key)).ToList())
        {
            if (whole.Count() <= _wanted)
            {
                Take([.. whole]);
            }
        }
    }

    /// <summary>The lowest cores of the fullest cache that has all that is still wanted, the last core perhaps by half.</summary>
    private void TakeOfOneCache()
    {
        var caches = Parts(_rest, _larger, _smaller, p => p.Cache).Select(c => c.Key).Distinct().ToList();
        var cores = (_wanted + _machine.CpusPerCore - 1) / _machine.CpusPerCore;
        var fitting = caches
            .Select(cache => _rest.Where(p => p.Cache == cache).GroupBy(p => p.Core).OrderBy(c => c.Key).Take(cores).SelectMany(c => c).OrderBy(p => p.Id).ToList())
            .FirstOrDefault(near => near.Count == _wanted || (near.Count == _wanted + 1 && _wanted % 2 != 0 && _machine.CpusPerCore > 1));
        Take([.. fitting?.Take(_wanted) ?? []]);
    }

    /// <summary>
    /// The last parts of a path, those with the fewest processors first, inside larger parts that are in the same order.
    /// <code>socket 0 has 3 processors left, socket 1 has 2       → cores of socket 1, then cores of socket 0</code>
    /// </summary>
    private static IEnumerable<IGrouping<int, Processor>> Parts(IEnumerable<Processor> of, params Func<Processor, int>[] path)
    {
        var parts = of.GroupBy(path[0]).OrderBy(g => g.Count()).ThenBy(g => g.Key);
        return path.Length == 1 ? parts : parts.SelectMany(part => Parts(part, path[1..]));
    }

    private void Take(List<Processor> processors)
    {
        _picked.AddRange(processors.Select(p => p.Id));
        _rest.RemoveAll(processors.Contains);
        _wanted -= processors.Count;
    }
}
