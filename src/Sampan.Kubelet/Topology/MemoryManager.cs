using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Topology;

/// <summary>
/// The Static policy: memory and huge pages of guaranteed pods come from as few NUMA nodes as possible, and nodes that serve
/// together serve nobody else alone. Upstream: pkg/kubelet/cm/memorymanager.
/// </summary>
internal sealed class MemoryManager : IResourceProvider
{
    public const string Name = "memory_manager";
    private const string HugePages = "hugepages-";
    private readonly Machine _machine;
    private readonly Func<int, string, long> _reserved;
    private readonly MemoryCheckpoint? _checkpoint;
    private readonly Lock _lock = new();
    private volatile ImmutableList<MemoryBlock> _blocks;

    /// <param name="reserved">What of a node's memory pods cannot have, by node and resource.</param>
    /// <param name="checkpoint">Null to forget it all with the process.</param>
    /// <exception cref="ConfigurationException">What an earlier kubelet gave out cannot be kept.</exception>
    public MemoryManager(Machine machine, Func<int, string, long> reserved, MemoryCheckpoint? checkpoint)
    {
        (_machine, _reserved, _checkpoint) = (machine, reserved, checkpoint);
        var state = checkpoint?.Read() ?? MemoryState.None;
        _blocks = [.. state.Blocks];
        if (state.Problem(StateWith([])) is { } problem)
        {
            throw new ConfigurationException($"start memory manager error: {problem}");
        }
    }

    public IReadOnlyList<MemoryBlock> Blocks => _blocks;

    /// <summary>How the machine's memory is given out.</summary>
    public IReadOnlyList<NumaMemory> State => StateWith(_blocks);

    public Machine Machine => _machine;

    public string PinsAs => Name;

    public bool IsWanted(Pod pod, Container container) => Wanted(pod, container).Count > 0 && !_blocks.Any(b => b.PodUid == pod.Metadata.Uid && b.Container == container.Name);

    /// <summary>The NUMA nodes that a container's memory comes from; null for any.</summary>
    public CpuSet? NodesOf(string uid, string container)
    {
        var nodes = _blocks.Where(b => b.PodUid == uid && b.Container == container).Aggregate(0UL, (mask, b) => mask | b.Nodes);
        return nodes == 0 ? null : new CpuSet(NumaMask.Nodes(nodes));
    }

    /// <summary>What pods could have of a node's memory. What huge pages are made of is not to be had as anything else.</summary>
    public long Allocatable(int node, string resource)
    {
        var memory = _machine.Nodes.First(n => n.Id == node).Memory;
        var huge = resource == PodResources.Memory ? memory.Where(m => m.Key.StartsWith(HugePages, StringComparison.Ordinal)).Sum(m => m.Value) : 0;
        return Math.Max(memory.GetValueOrDefault(resource) - _reserved(node, resource) - huge, 0);
    }

    public IReadOnlyDictionary<string, IReadOnlyList<TopologyHint>?> Hints(Pod pod, Container? container)
    {
        var wanted = Wanted(pod, container);
        if (Known(pod, container) is { Count: > 0 } known)
        {
            return Kept(known, wanted);
        }

        var hints = wanted.Count == 0 ? null : HintsFor(pod, wanted);
        return wanted.Keys.ToDictionary(resource => resource, _ => hints);
    }

    public Task AllocateAsync(Pod pod, Container container, TopologyHint affinity, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var wanted = Wanted(pod, container);
            if (wanted.Count == 0 || _blocks.Any(b => b.PodUid == pod.Metadata.Uid && b.Container == container.Name))
            {
                return Task.CompletedTask;
            }

            var nodes = Choose(HintsFor(pod, wanted), wanted, affinity);
            var blocks = wanted.Aggregate(_blocks, (known, w) => Shrink(known, pod, container, w.Key, nodes, w.Value));
            Save(blocks.AddRange(wanted.Select(w => new MemoryBlock(pod.Metadata.Uid, container.Name, w.Key, nodes, w.Value))));
        }

        return Task.CompletedTask;
    }

    public void Release(string uid)
    {
        lock (_lock)
        {
            var left = _blocks.RemoveAll(b => b.PodUid == uid);
            if (left != _blocks)
            {
                Save(left);
            }
        }
    }

    private static Dictionary<string, long> Wanted(Pod pod, Container? container)
    {
        if (pod.Spec.Resources is not null || QosClass.Of(pod) != QosClass.Guaranteed)
        {
            return [];
        }

        var containers = container is null ? pod.AllContainers() : [container];
        return containers.SelectMany(c => c.Resources.Limits.OrEmpty().Keys)
            .Where(r => r == PodResources.Memory || r.StartsWith(HugePages, StringComparison.Ordinal))
            .Distinct()
            .ToDictionary(r => r, r => (container is null ? PodResources.Total(pod, c => PodResources.RequestOf(c, r)) : PodResources.RequestOf(container, r)).AsLong());
    }

    /// <summary>What a container has already, the first of the pod's where none is named.</summary>
    private List<MemoryBlock> Known(Pod pod, Container? container)
    {
        var mine = _blocks.Where(b => b.PodUid == pod.Metadata.Uid);
        var first = container?.Name ?? pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers).Select(c => c.Name).FirstOrDefault(name => mine.Any(b => b.Container == name));
        return [.. mine.Where(b => b.Container == first)];
    }

    /// <summary>Where it is, it stays; where that is not what is wanted, the place does not matter.</summary>
    private static Dictionary<string, IReadOnlyList<TopologyHint>?> Kept(List<MemoryBlock> known, Dictionary<string, long> wanted) =>
        known.Count == wanted.Count && known.TrueForAll(b => wanted.GetValueOrDefault(b.Resource, -1) == b.Size)
            ? known.ToDictionary(b => b.Resource, b => (IReadOnlyList<TopologyHint>?)[new TopologyHint(b.Nodes, true)])
            : [];

    /// <summary>The nodes that all agreed on, where they have enough; else the best that include them.</summary>
    private ulong Choose(IReadOnlyList<TopologyHint> hints, Dictionary<string, long> wanted, TopologyHint agreed)
    {
        if (agreed.Nodes is { } nodes && HasFree(nodes, wanted))
        {
            return IsMixed(nodes) ? throw new AllocationException("[memorymanager] preferred hint violates NUMA node allocation") : nodes;
        }

        var (what, missing) = agreed.Nodes is null
            ? ("default", "failed to get the default NUMA affinity, no NUMA nodes with enough memory is available")
            : ("extended", "failed to find NUMA nodes to extend the current topology hint");
        var usable = hints.Where(h => agreed.Nodes is not { } some || (h.Nodes & some) == some).OrderByDescending(h => h.IsPreferred).ThenBy(h => NumaMask.Count(h.Nodes!.Value)).ThenBy(h => h.Nodes).ToList();
        return usable is not [var best, ..] ? throw new AllocationException($"[memorymanager] {missing}")
            : agreed.IsPreferred && !best.IsPreferred ? throw new AllocationException($"[memorymanager] failed to find the {what} preferred hint")
            : best.Nodes!.Value;
    }

    private bool HasFree(ulong nodes, Dictionary<string, long> wanted)
    {
        var tables = State.Where(node => NumaMask.Has(nodes, node.Id)).SelectMany(node => node.Tables).ToList();
        return wanted.All(w => tables.Where(t => t.Resource == w.Key).Sum(t => t.Table.Free) >= w.Value);
    }

    /// <summary>
    /// Init containers that are over give back what the container takes of the same nodes, and keep running there; sidecars keep all
    /// of theirs.
    /// </summary>
    private static ImmutableList<MemoryBlock> Shrink(ImmutableList<MemoryBlock> blocks, Pod pod, Container container, string resource, ulong nodes, long size)
    {
        var over = Over(pod, container);
        foreach (var block in blocks.Where(b => b.PodUid == pod.Metadata.Uid && over.Contains(b.Container) && b.Resource == resource && b.Nodes == nodes))
        {
            blocks = blocks.Replace(block, block with { Size = Math.Max(block.Size - size, 0) });
            size = Math.Max(size - block.Size, 0);
        }

        return blocks;
    }

    private static HashSet<string> Over(Pod pod, Container container) =>
        [.. pod.Spec.InitContainers.OrEmpty().TakeWhile(c => c.Name != container.Name).Where(c => !c.IsSidecar()).Select(c => c.Name)];

    private IReadOnlyList<TopologyHint> HintsFor(Pod pod, Dictionary<string, long> wanted) => TopologyHint.ForSubsets(
        _machine.NumaNodes,
        mask => wanted.All(w => NumaMask.Nodes(mask).Sum(n => Allocatable(n, w.Key)) >= w.Value),
        mask => !IsMixed(mask) && wanted.All(w => Free(pod, mask, w.Key) >= w.Value));

    /// <summary>Some of the nodes serve others alone or in another group.</summary>
    private bool IsMixed(ulong mask) => _blocks.Any(b => (b.Nodes & mask) != 0 && b.Nodes != mask);

    /// <summary>What the pod's own init containers have can be taken over.</summary>
    private long Free(Pod pod, ulong mask, string resource)
    {
        var over = pod.Spec.InitContainers.OrEmpty().Where(c => !c.IsSidecar()).Select(c => c.Name).ToHashSet();
        return NumaMask.Nodes(mask).Sum(n => Allocatable(n, resource))
            - _blocks.Where(b => b.Nodes == mask && b.Resource == resource && !(b.PodUid == pod.Metadata.Uid && over.Contains(b.Container))).Sum(b => b.Size);
    }

    private void Save(ImmutableList<MemoryBlock> blocks)
    {
        _blocks = blocks;
        _checkpoint?.Write(blocks, StateWith(blocks));
    }

    private IReadOnlyList<NumaMemory> StateWith(IEnumerable<MemoryBlock> blocks) => NumaMemory.Of(_machine.Nodes.Select(Untouched), blocks);

    private NumaMemory Untouched(NumaNode node) => new(
        node.Id,
        0,
        [.. node.Memory.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, new MemoryTable(m.Value, _reserved(node.Id, m.Key), Allocatable(node.Id, m.Key), 0)))],
        [node.Id]);
}
