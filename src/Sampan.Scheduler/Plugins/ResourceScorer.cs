using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins.Devices;

namespace Sampan.Scheduler.Plugins;

/// <summary>How good a node is by what it would have left. A resource that the node doesn't have counts for nothing.</summary>
internal abstract class ResourceScorer(IReadOnlyList<ResourceSpec> resources)
{
    public static ResourceScorer Of(ScoringStrategy strategy) => strategy.Type switch
    {
        ScoringStrategy.MostAllocated => new MostAllocated(strategy.Resources),
        ScoringStrategy.RequestedToCapacityRatioType => new RequestedToCapacityRatio(strategy.Resources, strategy.RequestedToCapacityRatio!.Shape),
        _ => new LeastAllocated(strategy.Resources),
    };

    public static PluginScope ScopeOf(IEnumerable<ResourceSpec> resources) =>
        resources.Any(resource => ExtendedResources.IsName(resource.Name)) ? PluginScope.Cluster : PluginScope.Node;

    /// <summary>What is in use of an extended resource without the pod, and what there is: nothing when the pod does not ask for it.</summary>
    public static (long Used, long Capacity) ScalarOf(string name, CycleState state, PodInfo pod, NodeInfo node)
    {
        if (pod.Requests.Scalars.GetValueOrDefault(name) == 0) return default;
        var capacity = node.Allocatable.Scalars.GetValueOrDefault(name);
        if (capacity == 0 && DeviceTotals.Of(state.Cluster.Objects, name, node.Node!) is { Capacity: > 0 } devices) return devices;
        return (node.Requested.Scalars.GetValueOrDefault(name), capacity);
    }

    public virtual long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (sum, weights) = (0L, 0L);
        foreach (var (name, weight) in resources)
        {
            if (!TryGet(name, state, pod, node, out var requested, out var capacity)) continue;
            var score = ScoreOf(requested, capacity);
            if (!Counts(score)) continue;
            sum += score * weight;
            weights += weight;
        }
        return weights == 0 ? 0 : Divide(sum, weights);
    }

    /// <summary>0 … 100, for what would be in use with the pod.</summary>
    protected abstract long ScoreOf(long requested, long capacity);

    protected virtual bool Counts(long score) => true;

    protected virtual long Divide(long sum, long weights) => sum / weights;

    // CPU and memory of pods that ask for none are guessed, so that such pods spread too.
    private static bool TryGet(string name, CycleState state, PodInfo pod, NodeInfo node, out long requested, out long capacity)
    {
        (requested, capacity) = name switch
        {
            ResourceNames.Cpu => (node.NonZeroRequested.MilliCpu + pod.NonZeroRequests.MilliCpu, node.Allocatable.MilliCpu),
            ResourceNames.Memory => (node.NonZeroRequested.Memory + pod.NonZeroRequests.Memory, node.Allocatable.Memory),
            ResourceNames.EphemeralStorage => (node.Requested.EphemeralStorage + pod.Requests.EphemeralStorage, node.Allocatable.EphemeralStorage),
            _ => WithPod(ScalarOf(name, state, pod, node), pod.Requests[name]),
        };
        return capacity != 0;
    }

    private static (long Requested, long Capacity) WithPod((long Used, long Capacity) resource, long wanted) => (resource.Used + wanted, resource.Capacity);

    private sealed class LeastAllocated(IReadOnlyList<ResourceSpec> resources) : ResourceScorer(resources)
    {
        protected override long ScoreOf(long requested, long capacity) => requested > capacity ? 0 : (capacity - requested) * ScoreScale.Max / capacity;
    }

    private sealed class MostAllocated(IReadOnlyList<ResourceSpec> resources) : ResourceScorer(resources)
    {
        protected override long ScoreOf(long requested, long capacity) => Math.Min(requested, capacity) * ScoreScale.Max / capacity;
    }

    private sealed class RequestedToCapacityRatio(IReadOnlyList<ResourceSpec> resources, IReadOnlyList<UtilizationShapePoint> shape) : ResourceScorer(resources)
    {
        private const int MaxUtilization = 100;

        // The configuration's scores go to 10.
        private const int Scale = 10;

        protected override long ScoreOf(long requested, long capacity)
        {
            var utilization = requested > capacity ? MaxUtilization : requested * MaxUtilization / capacity;
            for (var i = 0; i < shape.Count; i++)
            {
                if (utilization > shape[i].Utilization) continue;
                if (i == 0) return shape[0].Score * Scale;
                var (from, to) = (shape[i - 1], shape[i]);
                return (from.Score * Scale) + (((to.Score - from.Score) * Scale * (utilization - from.Utilization)) / (to.Utilization - from.Utilization));
            }
            return shape[^1].Score * Scale;
        }

        protected override bool Counts(long score) => score > 0;

        protected override long Divide(long sum, long weights) => (long)Math.Round((double)sum / weights, MidpointRounding.AwayFromZero);
    }
}
