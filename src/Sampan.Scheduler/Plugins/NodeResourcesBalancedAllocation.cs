using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>
/// Prefers nodes whose resources would be used to a more equal degree with the pod than without: 75 when nothing changes,
/// 50 … 100 from the worst to the best change.
/// </summary>
internal sealed class NodeResourcesBalancedAllocation(NodeResourcesBalancedAllocationArgs? args = null) : IPreScorePlugin, IScorePlugin
{
    private const long Half = ScoreScale.Max / 2;

    private readonly string[] _resources = [.. (args ?? new()).Resources.Select(resource => resource.Name)];

    public string Name => nameof(NodeResourcesBalancedAllocation);

    public PluginScope ScoreScope { get; } = ResourceScorer.ScopeOf((args ?? new()).Resources);

    /// <summary>A pod that asks for nothing can't unbalance a node.</summary>
    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        foreach (var resource in _resources)
        {
            if (pod.Requests[resource] > 0) return PluginStatus.Success;
        }
        return PluginStatus.Skip;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node) => Half + ((Half + Balance(state, pod, node, withPod: true) - Balance(state, pod, node, withPod: false)) / 2);

    // 100 when all fractions are equal; their standard deviation takes away from it.
    private long Balance(CycleState state, PodInfo pod, NodeInfo node, bool withPod)
    {
        Span<double> fractions = stackalloc double[_resources.Length];
        var (count, sum) = (0, 0.0);
        foreach (var resource in _resources)
        {
            var (used, capacity) = resource is ResourceNames.Cpu or ResourceNames.Memory or ResourceNames.EphemeralStorage
                ? (node.Requested[resource], node.Allocatable[resource]) : ResourceScorer.ScalarOf(resource, state, pod, node);
            if (capacity == 0) continue;
            sum += fractions[count++] = Math.Min(1, (double)(used + (withPod ? pod.Requests[resource] : 0)) / capacity);
        }
        return (long)((1 - Deviation(fractions[..count], sum / count)) * ScoreScale.Max);
    }

    private static double Deviation(ReadOnlySpan<double> fractions, double mean)
    {
        if (fractions.Length < 2) return 0;
        if (fractions.Length == 2) return Math.Abs(fractions[0] - fractions[1]) / 2;
        var squares = 0.0;
        foreach (var fraction in fractions) squares += (fraction - mean) * (fraction - mean);
        return Math.Sqrt(squares / fractions.Length);
    }
}
