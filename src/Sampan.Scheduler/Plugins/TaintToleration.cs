using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>Keeps pods off nodes with taints they don't tolerate, and prefers nodes with fewer soft ones.</summary>
internal sealed class TaintToleration : IFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension
{
    public string Name => nameof(TaintToleration);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeTaint, static (pod, change) => Untolerated(pod, change.Node!) is null),
    ];

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        Untolerated(pod, node.Node!) is { } taint
            ? PluginStatus.Unresolvable($"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}")
            : PluginStatus.Success;

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        nodes.Any(node => node.Node!.Spec.Taints.OrEmpty().Any(taint => taint.Effect == Tolerations.PreferNoSchedule))
            ? PluginStatus.Success
            : PluginStatus.Skip;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var tolerations = pod.Pod.Spec.Tolerations.OrEmpty();
        return node.Node!.Spec.Taints.OrEmpty().Count(taint => taint.Effect == Tolerations.PreferNoSchedule && !tolerations.Tolerates(taint));
    }

    public void Normalize(Span<long> scores) => ScoreScale.Normalize(scores, reverse: true);

    internal static Taint? Untolerated(PodInfo pod, Node node)
    {
        if (node.Spec.Taints is not { Count: > 0 } taints) return null;
        var tolerations = pod.Pod.Spec.Tolerations.OrEmpty();
        return taints.Find(taint => taint.Effect is Tolerations.NoSchedule or Tolerations.NoExecute && !tolerations.Tolerates(taint));
    }
}
