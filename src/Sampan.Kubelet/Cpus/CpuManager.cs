using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>
/// The static policy: a container of a guaranteed pod that asks for whole processors has them for itself; all others share the
/// rest. Upstream: pkg/kubelet/cm/cpumanager.
/// </summary>
internal sealed class CpuManager : IResourceProvider
{
    public const string Name = "cpu_manager";
    private readonly Machine _machine;
    private readonly CpuSet _reserved;
    private readonly CpuOptions _options;
    private readonly CpuCheckpoint? _checkpoint;
    private readonly Lock _lock = new();
    private volatile ImmutableDictionary<(string Uid, string Container), CpuSet> _exclusive;

    /// <param name="reserved">Never given to one container.</param>
    /// <param name="checkpoint">Null to forget it all with the process.</param>
    /// <exception cref="ConfigurationException">What an earlier kubelet gave out cannot be kept.</exception>
    public CpuManager(Machine machine, CpuSet reserved, CpuOptions options, CpuCheckpoint? checkpoint)
    {
        (_machine, _reserved, _options, _checkpoint) = (machine, reserved, options, checkpoint);
        var state = checkpoint?.Read() ?? CpuState.None;
        if (state.Problem(options.IsReservationStrict ? machine.Cpus.Except(reserved) : machine.Cpus, reserved, options.IsReservationStrict) is { } problem)
        {
            throw new ConfigurationException($"start cpu manager error: {problem}");
        }

        _exclusive = state.Exclusive;
    }

    /// <summary>What all containers without processors of their own run on.</summary>
    public CpuSet Shared => (_options.IsReservationStrict ? _machine.Cpus.Except(_reserved) : _machine.Cpus).Except(Taken(_exclusive));

    public IReadOnlyDictionary<(string Uid, string Container), CpuSet> Assignments => _exclusive;

    public CpuSet Allocatable => _machine.Cpus.Except(_reserved);

    public CpuSet Reserved => _reserved;

    /// <summary>All that some container has for itself.</summary>
    public CpuSet Allocated => Taken(_exclusive);

    public string PinsAs => Name;

    public bool AlignsCores => _options.IsFullCoresOnly;

    public bool AlignsCache(Pod pod, Container container) =>
        Exclusive(pod.Metadata.Uid, container.Name) is { } own && _machine.Processors.Where(p => own.Contains(p.Id)).DistinctBy(p => p.Cache).Count() <= 1;

    /// <summary>The pods that have processors of their own.</summary>
    public IEnumerable<string> Holders => _exclusive.Keys.Select(k => k.Uid).Distinct();

    /// <summary>The container's own processors; null when it shares.</summary>
    public CpuSet? Exclusive(string uid, string container) => _exclusive.GetValueOrDefault((uid, container));

    /// <summary>Whether a container, or any of the pod's where none is named, has processors of its own.</summary>
    public bool HasOwn(string uid, string? container) => container is null ? Holders.Contains(uid) : Exclusive(uid, container) is not null;

    public CpuSet For(string uid, string container) => Exclusive(uid, container) ?? Shared;

    public bool IsWanted(Pod pod, Container container) => Wanted(pod, container) > 0 && Exclusive(pod.Metadata.Uid, container.Name) is null;

    /// <summary>How many processors of each NUMA node containers have for themselves.</summary>
    public IEnumerable<(int Node, int Count)> AllocatedByNode()
    {
        var taken = Allocated;
        return _machine.Processors.GroupBy(p => p.Numa, (node, all) => (node, all.Count(p => taken.Contains(p.Id))));
    }

    public IReadOnlyDictionary<string, IReadOnlyList<TopologyHint>?> Hints(Pod pod, Container? container)
    {
        var count = container is null ? PodResources.Total(pod, c => new Quantity(Wanted(pod, c))).AsLong() : Wanted(pod, container);
        return count == 0 ? ImmutableDictionary<string, IReadOnlyList<TopologyHint>?>.Empty : new Dictionary<string, IReadOnlyList<TopologyHint>?> { [PodResources.Cpu] = Hints(pod, container, count) };
    }

    public Task AllocateAsync(Pod pod, Container container, TopologyHint affinity, CancellationToken cancellationToken)
    {
        var count = Wanted(pod, container);
        lock (_lock)
        {
            if (count == 0 || _exclusive.ContainsKey((pod.Metadata.Uid, container.Name)))
            {
                return Task.CompletedTask;
            }

            CheckAlignment(count);
            Save(_exclusive.SetItem((pod.Metadata.Uid, container.Name), Pick(pod, container, count, affinity.Nodes)));
        }

        return Task.CompletedTask;
    }

    public void Release(string uid)
    {
        lock (_lock)
        {
            var left = _exclusive.RemoveRange(_exclusive.Keys.Where(k => k.Uid == uid));
            if (left != _exclusive)
            {
                Save(left);
            }
        }
    }

    private static CpuSet Taken(IEnumerable<KeyValuePair<(string Uid, string Container), CpuSet>> exclusive) => new(exclusive.SelectMany(e => e.Value.Ids));

    /// <summary>How many processors a container shall have for itself.</summary>
    private static int Wanted(Pod pod, Container container)
    {
        var milli = PodResources.RequestOf(container, PodResources.Cpu).AsMilli();
        return pod.Spec.Resources is null && milli % 1000 == 0 && QosClass.Of(pod) == QosClass.Guaranteed ? (int)(milli / 1000) : 0;
    }

    /// <summary>What containers have already, from before a restart of the kubelet or of the machine, they keep: as it is, or not at all.</summary>
    private IReadOnlyList<TopologyHint> Hints(Pod pod, Container? container, long count)
    {
        var known = (container is null ? pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers) : [container])
            .Select(c => (Wanted: Wanted(pod, c), Own: Exclusive(pod.Metadata.Uid, c.Name)))
            .Where(c => c.Own is not null)
            .ToList();
        if (known.Exists(c => c.Own!.Count != c.Wanted))
        {
            return [];
        }

        var own = known.Aggregate(CpuSet.Empty, (all, c) => all.Union(c.Own!));
        var kept = container is null || own.Count == count ? own : Reusable(pod, container);
        var available = own.Count == count ? own : Free().Union(kept);
        return TopologyHint.ForSubsets(
            _machine.NumaNodes,
            mask => _machine.CpusOf(mask).Count >= count,
            mask => _machine.CpusOf(mask) is var near && available.Intersect(near).Count >= count && kept.Except(near).Count == 0);
    }

    private void CheckAlignment(int count)
    {
        if (_options.IsFullCoresOnly && count % _machine.CpusPerCore != 0)
        {
            throw new AllocationException($"SMT Alignment Error: requested {count} cpus not multiple cpus per core = {_machine.CpusPerCore}", "SMTAlignmentError");
        }

        // Reserved processors may share a core with others, which then are no whole core.
        var whole = Free().Except(_machine.SiblingsOf(_reserved)).Count;
        if (_options.IsFullCoresOnly && count > whole)
        {
            throw new AllocationException(
                $"SMT Alignment Error: not enough free physical CPUs: available physical CPUs = {whole}, requested CPUs = {count}, CPUs per core = {_machine.CpusPerCore}", "SMTAlignmentError");
        }
    }

    private CpuSet Pick(Pod pod, Container container, int count, ulong? nodes)
    {
        var available = Free().Union(Reusable(pod, container));
        if (available.Count < count)
        {
            throw new AllocationException($"not enough cpus available to satisfy request: requested={count}, available={available.Count}");
        }

        var near = nodes is { } mask ? available.Intersect(_machine.CpusOf(mask)) : CpuSet.Empty;
        var picked = Pick(near, Math.Min(near.Count, count));
        return picked.Union(Pick(available.Except(picked), count - picked.Count));
    }

    private CpuSet Pick(CpuSet available, int count) => _options.IsSpread
        ? CpuSpreader.Pick(_machine, available, count, _options.IsFullCoresOnly ? _machine.CpusPerCore : 1)
        : CpuPicker.Pick(_machine, available, count, _options.IsCacheAligned);

    private CpuSet Free() => Allocatable.Except(Taken(_exclusive));

    /// <summary>What init containers had, once they are over, is for the containers after them; sidecars keep theirs.</summary>
    private CpuSet Reusable(Pod pod, Container container)
    {
        var before = pod.Spec.InitContainers.OrEmpty().TakeWhile(c => c.Name != container.Name).Where(c => !c.IsSidecar()).Select(c => c.Name).ToHashSet();
        var mine = _exclusive.Where(e => e.Key.Uid == pod.Metadata.Uid).ToList();
        return Taken(mine.Where(e => before.Contains(e.Key.Container))).Except(Taken(mine.Where(e => !before.Contains(e.Key.Container))));
    }

    private void Save(ImmutableDictionary<(string Uid, string Container), CpuSet> exclusive)
    {
        _exclusive = exclusive;
        _checkpoint?.Write(exclusive, Shared);
    }
}
