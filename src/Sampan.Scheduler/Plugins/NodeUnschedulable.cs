using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>Keeps pods off cordoned nodes, unless they tolerate the taint that stands for it.</summary>
internal sealed class NodeUnschedulable : IBatchFilterPlugin, IEnqueueExtension
{
    private static readonly PluginStatus Cordoned = PluginStatus.Unresolvable("node(s) were unschedulable");
    private static readonly Taint UnschedulableTaint = new() { Key = "node.kubernetes.io/unschedulable", Effect = Tolerations.NoSchedule };

    public string Name => nameof(NodeUnschedulable);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeUnschedulable, static (_, change) => !change.Node!.Spec.Unschedulable),
        new(ClusterEventKind.PodToleration, static (pod, _) => IsTolerated(pod)),
    ];

    public PluginScope FilterScope => PluginScope.Node;

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        !node.Node!.Spec.Unschedulable || IsTolerated(pod) ? PluginStatus.Success : Cordoned;

    public void Filter(CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses) =>
        RestrictedNodes.Filter(this, state, pod, nodes, first, statuses);

    private static bool IsTolerated(PodInfo pod) => pod.Pod.Spec.Tolerations.OrEmpty().Tolerates(UnschedulableTaint);
}
