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
        // A finished pod that is only kept by a finalizer is not a daemon's concern any more.
        _podsByNode = pods.Where(p => !p.IsTerminal() || p.Metadata.DeletionTimestamp is null).ToLookup(p => NodeFit.NodeOf(p) ?? "");
        _nodes = nodes.ToDictionary(n => n.Metadata.Name, n => DaemonPods.Fits(set, n));
        Desired = _nodes.Values.Count(n => n.ShouldRun);
        (MaxSurge, MaxUnavailable) = Limits(set, Desired);
    }

    public DaemonSet Set { get; }

    /// <summary>The hash that pods of the current template carry.</summary>
    public string Hash { get; }

    public DateTimeOffset Now { get; }

    public HashSet<string> Hashes { get; }

    public IEnumerable<string> Nodes => _nodes.Keys;

    /// <summary>How many nodes should have a pod.</summary>
    public int Desired { get; }

    /// <summary>How many nodes may have an old and a new pod at a time.</summary>
    public int MaxSurge { get; }

    /// <summary>How many nodes may be without an available pod; never zero together with <see cref="MaxSurge"/>.</summary>
    public int MaxUnavailable { get; }

    /// <summary>Pods on nodes that do not exist (any more); the pod garbage collector takes those that are bound.</summary>
    public IEnumerable<Pod> Lost => _podsByNode.Where(g => !_nodes.ContainsKey(g.Key)).SelectMany(g => g).Where(p => string.IsNullOrEmpty(p.Spec.NodeName));

    public bool ShouldRun(string node) => _nodes[node].ShouldRun;

    public bool MayStay(string node) => _nodes[node].MayStay;

    /// <summary>The node's pods: bound ones first, then the oldest.</summary>
    public List<Pod> On(string node) =>
    [
        .. _podsByNode[node].OrderBy(p => string.IsNullOrEmpty(p.Spec.NodeName))
            .ThenBy(p => p.Metadata.CreationTimestamp?.Value).ThenBy(p => p.Metadata.Name, StringComparer.Ordinal),
    ];

    public bool IsCurrent(Pod pod) => DaemonPods.IsCurrent(Set, Hash, pod);

    public bool IsAvailable(Pod pod) => pod.IsAvailable(Set.Spec.MinReadySeconds, Now);

    private static (int Surge, int Unavailable) Limits(DaemonSet set, int desired)
    {
        var rolling = set.Spec.UpdateStrategy.RollingUpdate;
        var surge = rolling?.MaxSurge?.GetScaledValueFromIntOrPercent(desired, roundUp: true) ?? 0;
        var unavailable = rolling?.MaxUnavailable is { } max ? max.GetScaledValueFromIntOrPercent(desired, roundUp: true) ?? 0 : 1;
        return (surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }
}
