using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>
/// Ends pods before the node runs out of memory, disk, inodes or processes, one at a time, and first frees what nobody uses.
/// Pods that exceed limits of their own end whatever the node has.
/// <code>
/// observe ► thresholds that are met ► conditions ► those that are met for long enough
///        ► disk: delete unused containers and images ► still short: end the pod that ranks first ► wait until it has gone
/// </code>
/// </summary>
/// <param name="configuration">The thresholds.</param>
/// <param name="read">What the node and its pods use.</param>
/// <param name="reclaim">Frees disk that nobody uses.</param>
/// <param name="evict">Ends a pod; false when it is ending already.</param>
/// <param name="isGone">Whether all that a pod used is free again.</param>
internal sealed class EvictionManager(
    KubeletConfiguration configuration,
    Func<CancellationToken, Task<NodeStats>> read,
    Func<CancellationToken, Task> reclaim,
    Func<Pod, PodTermination, bool> evict,
    Func<string, bool> isGone,
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

    /// <summary>How long an evicted pod is waited for, and how often it is looked at.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>What runs short soonest, and hurts most, is dealt with first.</summary>
    private static readonly string[] Order =
        [Signal.MemoryAvailable, Signal.AllocatableMemory, Signal.PidAvailable, Signal.NodeFsAvailable, Signal.NodeFsInodesFree, Signal.ImageFsAvailable, Signal.ImageFsInodesFree];

    private readonly IReadOnlyList<Threshold> _thresholds = Threshold.From(configuration);
    private readonly Dictionary<Threshold, long> _metSince = [];

    /// <summary>Those that were met for their grace, and are met until the minimum is reclaimed.</summary>
    private IReadOnlyList<Threshold> _pressing = [];
    private bool _hasEvicted;
    private long _seenAt;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Periodically.RunAsync(RoundAsync, () => _hasEvicted ? Look : Interval, "Could not see how much of the node is left", time, logger, cancellationToken);

    /// <returns>The pods that it ended.</returns>
    internal async Task<IReadOnlyList<Pod>> CheckAsync(CancellationToken cancellationToken)
    {
        var node = await read(cancellationToken);
        _seenAt = time.GetTimestamp();
        Observe(Observation.Of(node));
        if (EvictOverLimit(node) is { Count: > 0 } greedy)
        {
            return greedy;
        }

        if (_pressing.OrderBy(t => Array.IndexOf(Order, t.Signal)).FirstOrDefault() is not { } worst)
        {
            return [];
        }

        events.Node(EventReasons.Warning, EventReasons.EvictionThresholdMet, $"Attempting to reclaim {Signal.ResourceOf(worst.Signal)}");
        if (Disks.Of(node).CanReclaim(worst.Signal))
        {
            await ReclaimAsync(cancellationToken);
            node = await read(cancellationToken);
            var observed = Observation.Of(node);
            if (!_thresholds.Any(t => IsMet(t, observed, withReclaim: true)))
            {
                return [];
            }
        }

        return EvictFirst(worst, node) is { } pod ? [pod] : [];
    }

    /// <summary>What cannot be freed does not keep pods from being evicted.</summary>
    private async Task ReclaimAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reclaim(cancellationToken);
        }
        catch (Exception e) when (e is RpcException or IOException)
        {
            logger.LogWarning("Could not free all of the disk that nobody uses: {Error}", e.Message);
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        _hasEvicted = false;
        var evicted = await CheckAsync(cancellationToken);
        _hasEvicted = evicted.Count > 0;
        var since = time.GetTimestamp();
        while (!evicted.All(pod => isGone(pod.Metadata.Uid)) && time.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>Such an end is the pod's own doing: whoever counts disruptions is not told of one.</summary>
    private List<Pod> EvictOverLimit(NodeStats node)
    {
        var (evicted, disks) = (new List<Pod>(), Disks.Of(node));
        foreach (var pod in node.Pods.Where(p => configuration.LocalStorageCapacityIsolation && !Ranking.IsCritical(p.Pod)))
        {
            if (LocalStorageLimits.Exceeded(pod, disks) is var (limit, message) && Evict(pod, new PodTermination(Evicted, message, AtOnce), limit))
            {
                evicted.Add(pod.Pod);
            }
        }

        return evicted;
    }

    /// <summary>Says what is short now, and notes what has been short for its grace.</summary>
    private void Observe(Dictionary<string, Observation> observed)
    {
        var met = _thresholds.Where(t => IsMet(t, observed, _pressing.Contains(t))).ToList();
        pressure.Observe(met.Select(t => Signal.ConditionOf(t.Signal)));
        var now = time.GetTimestamp();
        foreach (var threshold in _thresholds.Except(met))
        {
            _metSince.Remove(threshold);
        }

        foreach (var threshold in met)
        {
            _metSince.TryAdd(threshold, now);
        }

        _pressing = [.. met.Where(t => time.GetElapsedTime(_metSince[t], now) >= t.Grace)];
    }

    /// <summary>What was met is over only when there is so much more, or it would soon be met again.</summary>
    private static bool IsMet(Threshold threshold, Dictionary<string, Observation> observed, bool withReclaim) =>
        observed.TryGetValue(threshold.Signal, out var left)
        && left.Available < threshold.Least.Of(left.Capacity) + (withReclaim ? threshold.Reclaim?.Of(left.Capacity) ?? 0 : 0);

    private Pod? EvictFirst(Threshold threshold, NodeStats node)
    {
        var resource = Signal.ResourceOf(threshold.Signal);
        var left = Observation.Of(node)[threshold.Signal];
        foreach (var pod in Ranking.Order(threshold.Signal, node.Pods, Disks.Of(node)))
        {
            var users = EvictionUsers.Of(resource, pod);
            var message = $"The node was low on resource: {resource}. Threshold quantity: {threshold.Least.QuantityOf(left.Capacity)}, available: {Signal.Amount(threshold.Signal, left.Available)}. {users.Message}";
            var grace = threshold.IsSoft ? TimeSpan.FromSeconds(Math.Min(configuration.EvictionMaxPodGracePeriod, pod.Pod.GracePeriod().TotalSeconds)) : AtOnce;
            if (Evict(pod, new PodTermination(Evicted, message, grace) { IsDisruption = true }, threshold.Signal, users.Annotations))
            {
                return pod.Pod;
            }
        }

        return null;
    }

    private bool Evict(PodStats pod, PodTermination why, string signal, Dictionary<string, string>? annotations = null)
    {
        if (!evict(pod.Pod, why))
        {
            return false;
        }

        metrics.Evicted(signal, time.GetElapsedTime(_seenAt));
        events.Pod(pod.Pod, null, EventReasons.Warning, Evicted, why.Message ?? "", annotations);
        logger.LogWarning("Evicted pod {Pod}: {Message}", pod.Pod.Describe(), why.Message);
        return true;
    }
}
