using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// All nodes in columns: each node has a slot, and a search reads neighbouring slots of the few columns that it needs
/// instead of following references from node to node. Slots of nodes that are gone are used again.
/// <code>
/// slot            0       1       2       3
/// node            n1      n2      -       n3
/// free cpu (m)    3500    4000    0       120
/// free pods       96      110     0       88
/// version         17      3       0       41      what was worked out for an older version is out of date
/// </code>
/// </summary>
public sealed class NodeTable
{
    private readonly Dictionary<string, LabelColumn> _labels = [];
    private readonly Dictionary<string, int> _images = [];
    private readonly Stack<int> _freeSlots = new();
    private NodeInfo?[] _nodes = new NodeInfo?[64];
    private long[] _versions = new long[64];
    private bool[] _restricted = new bool[64];
    private long _version;

    internal ResourceColumn MilliCpu { get; } = new();
    internal ResourceColumn Memory { get; } = new();
    internal ResourceColumn EphemeralStorage { get; } = new();
    internal ResourceColumn Pods { get; } = new();

    /// <summary>One more than the highest slot in use.</summary>
    public int SlotCount { get; private set; }

    /// <summary>The nodes that exist.</summary>
    public int Count { get; private set; }

    /// <summary>The nodes with a taint PreferNoSchedule.</summary>
    public int SoftlyTainted { get; private set; }

    /// <summary>How many nodes have an image.</summary>
    public int NodesWithImage(string name) => _images.GetValueOrDefault(name);

    /// <summary>The node in a slot; null for an empty one, and for one that only pods speak of.</summary>
    public NodeInfo? this[int slot] => _nodes[slot];

    /// <summary>The versions of the nodes by slot.</summary>
    internal ReadOnlySpan<long> Versions => _versions;

    /// <summary>Whether a node is cordoned or has taints; most are neither, and filters can pass them by.</summary>
    public ReadOnlySpan<bool> Restricted(int first, int count) => _restricted.AsSpan(first, count);

    /// <summary>The values of a label on all nodes, kept up to date from the first call on. Ask in each cycle: unused ones are dropped.</summary>
    public LabelColumn Labels(string key)
    {
        if (_labels.TryGetValue(key, out var column)) return column;
        _labels[key] = column = new LabelColumn(key);
        for (var slot = 0; slot < SlotCount; slot++)
        {
            if (_nodes[slot] is { } node) column.Set(slot, node.Node!.Metadata.Labels?.GetValueOrDefault(key));
        }
        return column;
    }

    internal int Allocate()
    {
        if (_freeSlots.TryPop(out var slot)) return slot;
        slot = SlotCount++;
        if (slot < _nodes.Length) return slot;
        Array.Resize(ref _nodes, slot * 2);
        Array.Resize(ref _versions, slot * 2);
        Array.Resize(ref _restricted, slot * 2);
        return slot;
    }

    internal void Free(int slot) => _freeSlots.Push(slot);

    /// <summary>Takes in a node object, or that there is none any more.</summary>
    internal void SetNode(NodeInfo info, Node? old)
    {
        var (slot, node) = (info.Slot, info.Node);
        if (old is not null) Count--;
        if (node is not null) Count++;
        SoftlyTainted += (HasSoftTaint(node) ? 1 : 0) - (HasSoftTaint(old) ? 1 : 0);
        CountImages(old, -1);
        CountImages(node, 1);
        _nodes[slot] = node is null ? null : info;
        _restricted[slot] = node is { Spec.Unschedulable: true } or { Spec.Taints.Count: > 0 };
        foreach (var (key, column) in _labels) column.Set(slot, node?.Metadata.Labels?.GetValueOrDefault(key));
        SetFree(info);
    }

    /// <summary>Takes in the sums of a node after one of its pods came or went.</summary>
    internal void SetFree(NodeInfo info)
    {
        var (slot, have, used) = (info.Slot, info.Allocatable, info.Requested);
        _versions[slot] = ++_version;
        MilliCpu.Set(slot, have.MilliCpu - used.MilliCpu);
        Memory.Set(slot, have.Memory - used.Memory);
        EphemeralStorage.Set(slot, have.EphemeralStorage - used.EphemeralStorage);
        Pods.Set(slot, have.AllowedPods - info.Pods.Count);
    }

    /// <summary>What was worked out for any node is out of date.</summary>
    internal void Outdate()
    {
        _version++;
        Array.Fill(_versions, _version, 0, SlotCount);
    }

    /// <summary>Forgets the label columns that are not among the keys.</summary>
    internal void KeepLabels(HashSet<string> keys)
    {
        foreach (var key in _labels.Keys)
        {
            if (!keys.Contains(key)) _labels.Remove(key);
        }
    }

    private void CountImages(Node? node, int by)
    {
        foreach (var image in node?.Status.Images ?? [])
        {
            foreach (var name in image.Names.OrEmpty())
            {
                var count = _images.GetValueOrDefault(name) + by;
                if (count == 0) _images.Remove(name);
                else _images[name] = count;
            }
        }
    }

    private static bool HasSoftTaint(Node? node) => node?.Spec.Taints is { Count: > 0 } taints && taints.Exists(t => t.Effect == "PreferNoSchedule");
}
