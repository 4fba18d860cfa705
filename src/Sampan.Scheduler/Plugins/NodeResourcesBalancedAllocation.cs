using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>Prefers nodes where CPU and memory would be used to the same degree.</summary>
internal sealed class NodeResourcesBalancedAllocation : IPreScorePlugin, IScorePlugin
{
    public string Name => nameof(NodeResourcesBalancedAllocation);

    public PluginScope ScoreScope => PluginScope.Node;

    /// <summary>A pod that asks for nothing can't unbalance a node.</summary>
    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        pod.Requests is { MilliCpu: 0, Memory: 0 } ? PluginStatus.Skip : PluginStatus.Success;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var cpu = Fraction(node.Requested.MilliCpu + pod.Requests.MilliCpu, node.Allocatable.MilliCpu);
        var memory = Fraction(node.Requested.Memory + pod.Requests.Memory, node.Allocatable.Memory);
        return (long)((1 - (Math.Abs(cpu - memory) / 2)) * ScoreScale.Max);       // half the distance is the standard deviation of two
    }

    private static double Fraction(long requested, long capacity) => capacity == 0 ? 1 : Math.Min(1, (double)requested / capacity);
}
