using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;

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

    public virtual long Score(PodInfo pod, NodeInfo node)
    {
        var (sum, weights) = (0L, 0L);
        foreach (var (name, weight) in resources)
        {
            if (!TryGet(name, pod, node, out var requested, out var capacity)) continue;
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
    private static bool TryGet(string name, PodInfo pod, NodeInfo node, out long requested, out long capacity)
    {
        (requested, capacity) = name switch
        {
            ResourceNames.Cpu => (node.NonZeroRequested.MilliCpu + pod.NonZeroRequests.MilliCpu, node.Allocatable.MilliCpu),
            ResourceNames.Memory => (node.NonZeroRequested.Memory + pod.NonZeroRequests.Memory, node.Allocatable.Memory),
            ResourceNames.EphemeralStorage => (node.Requested.EphemeralStorage + pod.Requests.EphemeralStorage, node.Allocatable.EphemeralStorage),
            _ when pod.Requests.Scalars.GetValueOrDefault(name) == 0 => (0, 0),
            _ => (node.Requested.Scalars.GetValueOrDefault(name) + pod.Requests.Scalars[name], node.Allocatable.Scalars.GetValueOrDefault(name)),
        };
        return capacity != 0;
    }

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
