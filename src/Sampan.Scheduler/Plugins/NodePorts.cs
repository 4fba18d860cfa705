using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>Two pods can't have the same port of a node.</summary>
internal sealed class NodePorts : IPreFilterPlugin, IFilterPlugin, IEnqueueExtension
{
    private static readonly PluginStatus Taken = PluginStatus.Unschedulable("node(s) didn't have free ports for the requested pod ports");

    public string Name => nameof(NodePorts);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.NodeAdd),
        new(ClusterEventKind.AssignedPodDelete, static (pod, change) => pod.HostPorts.Any(wanted => change.Pod!.HostPorts.Any(wanted.CollidesWith))),
    ];

    public PluginScope FilterScope => PluginScope.Node;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster) =>
        new(pod.HostPorts.Count == 0 ? PluginStatus.Skip : PluginStatus.Success);

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var port in pod.HostPorts)
        {
            if (!node.IsPortFree(port)) return Taken;
        }
        return PluginStatus.Success;
    }
}
