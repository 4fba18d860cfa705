using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// The cluster as the scheduler sees it: nodes, the pods on them, and pods that it has just placed ("assumed") whose
/// binding the API server has yet to confirm. Changed only between scheduling cycles, by the one loop that owns it, so a
/// cycle sees one consistent state without a lock or a copy.
/// </summary>
public sealed class SchedulerCache
{
    private readonly Dictionary<string, NodeInfo> _byName = [];
    private readonly List<NodeInfo> _nodes = [];
    private readonly Dictionary<string, Placement> _pods = [];

    public SchedulerCache() => Counters = new(_byName.Values);

    /// <summary>The nodes that exist, in the order in which they came.</summary>
    public IReadOnlyList<NodeInfo> Nodes => _nodes;

    /// <summary>Pods counted by domain, kept with every change below.</summary>
    public TopologyCounters Counters { get; }

    public Workloads Workloads { get; } = new();

    public NodeInfo? Find(string name) => _byName.GetValueOrDefault(name) is { Node: not null } node ? node : null;

    public bool IsPlaced(string uid) => _pods.ContainsKey(uid);

    public void SetNode(Node node)
    {
        var info = Ensure(node.Metadata.Name!);
        if (info.Node is null) _nodes.Add(info);
        info.SetNode(node);
        Counters.SetNode(info);
    }

    public void RemoveNode(string name)
    {
        if (!_byName.TryGetValue(name, out var info)) return;
        _nodes.Remove(info);
        info.SetNode(null);
        Counters.SetNode(info);
        DropIfUnused(info);
    }

    /// <summary>Takes in a pod that has a node; confirms it when it was assumed.</summary>
    public void SetPod(PodInfo pod)
    {
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
        placement.Node.RemovePod(placement.Pod);
        Counters.RemovePod(placement.Node, placement.Pod);
        DropIfUnused(placement.Node);
    }

    private void Place(PodInfo pod, string nodeName, bool isAssumed)
    {
        var node = Ensure(nodeName);
        node.AddPod(pod);
        Counters.AddPod(node, pod);
        _pods[pod.Uid] = new(pod, node, isAssumed);
    }

    private NodeInfo Ensure(string name)
    {
        if (!_byName.TryGetValue(name, out var info)) _byName[name] = info = new NodeInfo(name);
        return info;
    }

    private void DropIfUnused(NodeInfo info)
    {
        if (info.Node is null && info.Pods.Count == 0) _byName.Remove(info.Name);
    }

    private sealed record Placement(PodInfo Pod, NodeInfo Node, bool IsAssumed);
}
