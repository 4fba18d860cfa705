using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Framework;

/// <summary>Runs the filters of a cycle for one node, as the cluster is now: for trying out what would be without some pods.</summary>
public interface IFilterRunner
{
    /// <summary>Whether the pod fits, pods nominated to the node with the same or a higher priority counted.</summary>
    PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node);
}
