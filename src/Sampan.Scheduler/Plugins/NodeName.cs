using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>A pod that names its node goes nowhere else.</summary>
internal sealed class NodeName : IPreFilterPlugin, IFilterPlugin, IEnqueueExtension
{
    private static readonly PluginStatus OtherNode = PluginStatus.Unresolvable("node(s) didn't match the requested node name");

    public string Name => nameof(NodeName);

    public IReadOnlyList<EventHint> EventsToRegister { get; } = [new(ClusterEventKind.NodeAdd)];

    public PluginScope FilterScope => PluginScope.Node;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster) =>
        new(string.IsNullOrEmpty(pod.Pod.Spec.NodeName) ? PluginStatus.Skip : PluginStatus.Success);

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        pod.Pod.Spec.NodeName == node.Name ? PluginStatus.Success : OtherNode;
}
