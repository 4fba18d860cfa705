using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// The cluster as the scheduler sees it: nodes, the pods on them, and pods that it has just placed ("assumed") whose
/// binding the API server has yet to confirm. Changed only between scheduling cycles, by the one loop that owns it, so a
/// cycle sees one consistent state without a lock or a copy.
/// </summary>
public sealed class SchedulerCache
{
    private readonly Dictionary<string, NodeInfo> _byName = [];
    private readonly Dictionary<string, Placement> _pods = [];
    private readonly Dictionary<string, Placement> _nominated = [];

    public SchedulerCache()
    {
        Counters = new(_byName.Values, Table);
        // Which resources devices serve is part of what was found out about every node.
        Objects.Of<DeviceClass>().Changed += (_, _) => Table.Outdate();
    }

    /// <summary>The nodes in columns.</summary>
    public NodeTable Table { get; } = new();

    /// <summary>The nodes that exist.</summary>
    public IEnumerable<NodeInfo> Nodes => _byName.Values.Where(n => n.Node is not null);

    public int NodeCount => Table.Count;

    public int PodCount => _pods.Count;

    /// <summary>The pods whose binding is yet to be confirmed.</summary>
    public int AssumedCount { get; private set; }

    /// <summary>Pods counted by domain, kept with every change below.</summary>
    public TopologyCounters Counters { get; }

    /// <summary>Which claims placed pods use.</summary>
    public ClaimUsers ClaimUsers { get; } = new();

    public Workloads Workloads { get; } = new();

    public NamespaceLabels Namespaces { get; } = new();

    /// <summary>Objects that plugins have asked to be kept.</summary>
    public ClusterObjects Objects { get; } = new();

    /// <summary>Whether any pod waits for room that is being made for it.</summary>
    public bool HasNominations => _nominated.Count > 0;

    public NodeInfo? Find(string name) => _byName.GetValueOrDefault(name) is { Node: not null } node ? node : null;

    public bool IsPlaced(string uid) => _pods.ContainsKey(uid);

    /// <summary>The node of a placed pod.</summary>
    public NodeInfo? NodeOf(string uid) => _pods.GetValueOrDefault(uid).Node;

    /// <summary>A placed pod, as it is counted.</summary>
    public PodInfo? PodOf(string uid) => _pods.GetValueOrDefault(uid).Pod;

    public void SetNode(Node node)
    {
        var info = Ensure(node.Metadata.Name!);
        SetNode(info, node);
    }

    public void RemoveNode(string name)
    {
        if (!_byName.TryGetValue(name, out var info)) return;
        SetNode(info, null);
        DropIfUnused(info);
    }

    /// <summary>Takes in the labels of a namespace, or that it is gone (null); false when nothing is new.</summary>
    public bool SetNamespace(string name, Dictionary<string, string>? labels)
    {
        if (!Namespaces.Set(name, labels)) return false;
        Counters.DropAnyNamespace();
        return true;
    }

    /// <summary>Takes in a pod that has a node; confirms it when it was assumed.</summary>
    public void SetPod(PodInfo pod)
    {
        if (_pods.TryGetValue(pod.Uid, out var known) && known.Node.Name == pod.Pod.Spec.NodeName && known.Pod.CountsAs(pod))
        {
            if (known.IsAssumed) AssumedCount--;
            _pods[pod.Uid] = new(pod, known.Node, IsAssumed: false);
            known.Node.Replace(pod);
            return;
        }
        RemovePod(pod.Uid);
        Place(pod, pod.Pod.Spec.NodeName!, isAssumed: false);
    }

    /// <summary>Counts a pod on a node before the API server knows.</summary>
    public void Assume(PodInfo pod, string node) => Place(pod, node, isAssumed: true);

    /// <summary>Takes back <see cref="Assume"/>, since the binding failed.</summary>
    public void Forget(string uid)
    {
        if (_pods.TryGetValue(uid, out var placement) && placement.IsAssumed) RemovePod(uid);
    }

    public void RemovePod(string uid)
    {
        if (!_pods.Remove(uid, out var placement)) return;
        if (placement.IsAssumed) AssumedCount--;
        TakeAway(placement.Node, placement.Pod);
        DropIfUnused(placement.Node);
    }

    /// <summary>Remembers that room is being made on a node for a pod, so that no pod of lower priority takes it.</summary>
    public void Nominate(PodInfo pod, string node)
    {
        RemoveNomination(pod.Uid);
        var info = Ensure(node);
        info.Nominate(pod);
        _nominated[pod.Uid] = new(pod, info, IsAssumed: false);
        Table.SetFree(info);
    }

    /// <summary>The node where room is being made for a pod, when that node exists.</summary>
    public NodeInfo? NominationOf(string uid) => _nominated.GetValueOrDefault(uid).Node is { Node: not null } node ? node : null;

    /// <returns>Whether there was one.</returns>
    public bool RemoveNomination(string uid)
    {
        if (!_nominated.Remove(uid, out var nomination)) return false;
        nomination.Node.RemoveNomination(nomination.Pod);
        Table.SetFree(nomination.Node);
        DropIfUnused(nomination.Node);
        return true;
    }

    /// <summary>Takes a pod off a node to see how things would be without it; <see cref="PutBack"/> it before the cycle ends.</summary>
    public void TakeAway(NodeInfo node, PodInfo pod)
    {
        if (!node.RemovePod(pod)) return;
        ClaimUsers.Count(pod, -1);
        Table.SetFree(node);
        Counters.RemovePod(node, pod);
    }

    /// <summary>Counts a pod on a node, as far as filters and scores can see.</summary>
    public void PutBack(NodeInfo node, PodInfo pod)
    {
        node.AddPod(pod);
        ClaimUsers.Count(pod, 1);
        Table.SetFree(node);
        Counters.AddPod(node, pod);
    }

    private void Place(PodInfo pod, string nodeName, bool isAssumed)
    {
        var node = Ensure(nodeName);
        PutBack(node, pod);
        _pods[pod.Uid] = new(pod, node, isAssumed);
        if (isAssumed) AssumedCount++;
        RemoveNomination(pod.Uid);
    }

    private void SetNode(NodeInfo info, Node? node)
    {
        var old = info.Node;
        info.SetNode(node);
        Table.SetNode(info, old);
        Counters.SetNode(info);
    }

    private NodeInfo Ensure(string name)
    {
        if (!_byName.TryGetValue(name, out var info)) _byName[name] = info = new NodeInfo(name, Table.Allocate());
        return info;
    }

    private void DropIfUnused(NodeInfo info)
    {
        if (info.Node is not null || info.Pods.Count > 0 || info.Nominated.Count > 0) return;
        if (_byName.Remove(info.Name)) Table.Free(info.Slot);
    }

    private readonly record struct Placement(PodInfo Pod, NodeInfo Node, bool IsAssumed);
}
