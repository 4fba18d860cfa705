using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>Keeps pods off nodes with taints they don't tolerate, and prefers nodes with fewer soft ones.</summary>
internal sealed class TaintToleration : IBatchFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension
{
    // Which taint it was is not for everyone who may see the pod.
    private static readonly PluginStatus NotTolerated = PluginStatus.Unresolvable("node(s) had untolerated taint(s)");

    public string Name => nameof(TaintToleration);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeTaint, static (pod, change) =>
            Untolerated(pod, change.Node!) is null && (change.OldNode is null || Untolerated(pod, change.OldNode) is not null)),
        new(ClusterEventKind.PodToleration),
    ];

    public PluginScope FilterScope => PluginScope.Node;
    public PluginScope ScoreScope => PluginScope.Node;

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        Untolerated(pod, node.Node!) is null ? PluginStatus.Success : NotTolerated;

    public void Filter(CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses) =>
        RestrictedNodes.Filter(this, state, pod, nodes, first, statuses);

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        state.Cluster.Table.SoftlyTainted == 0 ? PluginStatus.Skip : PluginStatus.Success;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (node.Node!.Spec.Taints is not { Count: > 0 } taints) return 0;
        var (untolerated, tolerations) = (0, pod.Pod.Spec.Tolerations.OrEmpty());
        foreach (var taint in taints)
        {
            if (taint.Effect == Tolerations.PreferNoSchedule && !tolerations.Tolerates(taint)) untolerated++;
        }
        return untolerated;
    }

    public void NormalizeScore(CycleState state, PodInfo pod, Span<long> scores) => ScoreScale.Normalize(scores, reverse: true);

    internal static Taint? Untolerated(PodInfo pod, Node node)
    {
        if (node.Spec.Taints is not { Count: > 0 } taints) return null;
        var tolerations = pod.Pod.Spec.Tolerations.OrEmpty();
        foreach (var taint in taints)
        {
            if (taint.Effect is Tolerations.NoSchedule or Tolerations.NoExecute && !tolerations.Tolerates(taint)) return taint;
        }
        return null;
    }
}
