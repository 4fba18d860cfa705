using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>One reconcile's view: which node should have a pod, and which has which.</summary>
internal sealed class DaemonView
{
    private readonly ILookup<string, Pod> _podsByNode;
    private readonly Dictionary<string, (bool ShouldRun, bool MayStay)> _nodes;

    public DaemonView(DaemonSet set, string hash, IEnumerable<Node> nodes, List<Pod> pods, DateTimeOffset now)
    {
        Set = set;
        Hash = hash;
        Now = now;
        Hashes = pods.Select(p => p.Metadata.Labels?.GetValueOrDefault(TemplateHistory.HashLabel) ?? "").ToHashSet();
        _podsByNode = pods.ToLookup(p => NodeFit.NodeOf(p) ?? "");
        _nodes = nodes.ToDictionary(n => n.Metadata.Name, n => DaemonPods.Fits(set, n));
    }

    public DaemonSet Set { get; }

    /// <summary>The hash that pods of the current template carry.</summary>
    public string Hash { get; }

    public DateTimeOffset Now { get; }

    public HashSet<string> Hashes { get; }

    public IEnumerable<string> Nodes => _nodes.Keys;

    public int Desired => _nodes.Values.Count(n => n.ShouldRun);

    /// <summary>Pods on nodes that do not exist (any more); the pod garbage collector takes those that are bound.</summary>
    public IEnumerable<Pod> Lost => _podsByNode.Where(g => !_nodes.ContainsKey(g.Key)).SelectMany(g => g).Where(p => string.IsNullOrEmpty(p.Spec.NodeName));

    public bool ShouldRun(string node) => _nodes[node].ShouldRun;

    public bool MayStay(string node) => _nodes[node].MayStay;

    /// <summary>The node's pods, the oldest first.</summary>
    public List<Pod> On(string node) => [.. _podsByNode[node].OrderBy(p => p.Metadata.CreationTimestamp?.Value)];

    public bool IsCurrent(Pod pod) => pod.Metadata.Labels?.GetValueOrDefault(TemplateHistory.HashLabel) == Hash;

    public bool IsAvailable(Pod pod) => pod.Metadata.DeletionTimestamp is null && pod.IsAvailable(Set.Spec.MinReadySeconds, Now);
}
