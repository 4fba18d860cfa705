using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>
/// Ends pods before the node runs out of memory, disk, inodes or processes, one at a time, and first frees what nobody uses.
/// Pods that exceed limits of their own end whatever the node has.
/// <code>
/// observe ► thresholds that are met, soft ones long enough ► conditions
///        ► disk: delete unused images ► still short: end the pod that ranks first
/// </code>
/// </summary>
internal sealed class EvictionManager(
    KubeletConfiguration configuration,
    Func<CancellationToken, Task<NodeStats>> read,
    Func<CancellationToken, Task> freeImages,
    Func<Pod, PodTermination, bool> evict,
    NodePressure pressure,
    IPodEvents events,
    KubeletMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private const string Evicted = "Evicted";

    /// <summary>The grace of a pod that cannot be waited for.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>What runs short soonest, and hurts most, is dealt with first.</summary>
    private static readonly string[] Order =
        [Signal.MemoryAvailable, Signal.PidAvailable, Signal.NodeFsAvailable, Signal.NodeFsInodesFree, Signal.ImageFsAvailable, Signal.ImageFsInodesFree];

    private readonly IReadOnlyList<Threshold> _thresholds = Threshold.From(configuration);
    private readonly Dictionary<Threshold, DateTimeOffset> _metSince = [];

    public Task RunAsync(CancellationToken cancellationToken) =>
        Periodically.RunAsync(CheckAsync, () => Interval, "Could not see how much of the node is left", time, logger, cancellationToken);

    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        var node = await read(cancellationToken);
        EvictOverLimit(node);
        var met = Met(node);
        pressure.Observe(met.Select(t => Signal.ConditionOf(t.Signal)));
        if (met.Count == 0)
        {
            return;
        }

        if (met.Any(t => Signal.ConditionOf(t.Signal) == "DiskPressure"))
        {
            await freeImages(cancellationToken);
            node = await read(cancellationToken);
            met = Met(node);
        }

        if (met.OrderBy(t => Array.IndexOf(Order, t.Signal)).FirstOrDefault() is { } worst)
        {
            EvictFirst(worst, node);
        }
    }

    private void EvictOverLimit(NodeStats node)
    {
        foreach (var pod in node.Pods.Where(p => configuration.LocalStorageCapacityIsolation && !Ranking.IsCritical(p.Pod)))
        {
            if (LocalStorageLimits.Exceeded(pod) is { } message)
            {
                Evict(pod, message, AtOnce, "ephemeralpodfs.limit");
            }
        }
    }

    /// <summary>Thresholds that are met now, and have been for their grace.</summary>
    private List<Threshold> Met(NodeStats node)
    {
        var (observed, now) = (Observation.Of(node), time.GetUtcNow());
        foreach (var threshold in _thresholds)
        {
            if (observed.TryGetValue(threshold.Signal, out var left) && left.Available < threshold.Least.Of(left.Capacity) + ToReclaim(threshold, left.Capacity, now))
            {
                _metSince.TryAdd(threshold, now);
            }
            else
            {
                _metSince.Remove(threshold);
            }
        }

        return [.. _metSince.Where(e => now - e.Value >= e.Key.Grace).Select(e => e.Key)];
    }

    /// <summary>Once it is met it is over only when there is so much more, or it would soon be met again.</summary>
    private long ToReclaim(Threshold threshold, long capacity, DateTimeOffset now) =>
        _metSince.TryGetValue(threshold, out var since) && now - since >= threshold.Grace ? threshold.Reclaim?.Of(capacity) ?? 0 : 0;

    private void EvictFirst(Threshold threshold, NodeStats node)
    {
        var resource = Signal.ResourceOf(threshold.Signal);
        var left = Observation.Of(node)[threshold.Signal];
        events.Node(EventReasons.Warning, EventReasons.EvictionThresholdMet, $"Attempting to reclaim {resource}");
        foreach (var pod in Ranking.Order(threshold.Signal, node.Pods))
        {
            var message = $"The node was low on resource: {resource}. Threshold quantity: {threshold.Least.Amount ?? Signal.Amount(threshold.Signal, threshold.Least.Of(left.Capacity))}, available: {Signal.Amount(threshold.Signal, left.Available)}. {EvictionUsers.Of(resource, pod)}";
            var grace = threshold.IsSoft ? TimeSpan.FromSeconds(Math.Min(configuration.EvictionMaxPodGracePeriod, pod.Pod.GracePeriod().TotalSeconds)) : AtOnce;
            if (Evict(pod, message, grace, threshold.Signal))
            {
                return;
            }
        }
    }

    private bool Evict(PodStats pod, string message, TimeSpan grace, string signal)
    {
        if (!evict(pod.Pod, new PodTermination(Evicted, message, grace) { IsDisruption = true }))
        {
            return false;
        }

        metrics.Evicted(signal);
        events.Pod(pod.Pod, null, EventReasons.Warning, Evicted, message);
        logger.LogWarning("Evicted pod {Pod}: {Message}", pod.Pod.Describe(), message);
        return true;
    }
}
