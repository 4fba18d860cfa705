using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// Ends the node's pods in an orderly way before the machine goes down: those of low priority first, each group within its own
/// time. Upstream: pkg/kubelet/nodeshutdown.
/// <code>
/// shutdownGracePeriod 30s, shutdownGracePeriodCriticalPods 10s  →  priority 0: 20s, then priority 2000000000: 10s
/// </code>
/// </summary>
internal sealed class NodeShutdown(KubeletConfiguration configuration, PodManager pods, IPodEvents events, NodeMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int SystemCritical = 2_000_000_000;
    private const string Message = "Pod was terminated in response to imminent node shutdown.";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly IReadOnlyList<(int Priority, TimeSpan Grace)> _groups = Groups(configuration);
    private Task? _running;

    /// <summary>It has begun: the node takes no more pods in and is not ready.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Without any time for it pods end with the machine.</summary>
    public bool IsConfigured => _groups.Count > 0;

    /// <summary>How long all groups together may take.</summary>
    public TimeSpan Needed => _groups.Aggregate(TimeSpan.Zero, (sum, group) => sum + group.Grace);

    /// <summary>It has begun, or was called off.</summary>
    public event Action? Changed;

    /// <summary>Completes when all pods have ended, or when the time for them is over.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_groups)
        {
            return _running ??= EndAsync(cancellationToken);
        }
    }

    /// <summary>The machine stays up after all: the node takes pods again.</summary>
    public void Cancel()
    {
        lock (_groups)
        {
            _running = null;
            IsActive = false;
        }

        events.Node(EventReasons.Normal, EventReasons.NodeShutdown, "Shutdown manager detected shutdown cancellation");

        Changed?.Invoke();
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        IsActive = true;
        events.Node(EventReasons.Normal, EventReasons.NodeShutdown, "Shutdown manager detected shutdown event");
        metrics.ShutdownBegan();
        Changed?.Invoke();
        var members = pods.Pods.Where(p => !p.IsTerminal()).GroupBy(GroupOf).ToDictionary(g => g.Key, g => g.ToList());
        for (var i = 0; i < _groups.Count; i++)
        {
            if (members.TryGetValue(i, out var group))
            {
                await EndAsync(group, _groups[i].Grace, cancellationToken);
            }
        }

        metrics.ShutdownEnded();
    }

    /// <summary>A group is over once its pods' volumes are given back too: the drivers of these end with the last.</summary>
    private async Task EndAsync(List<Pod> group, TimeSpan grace, CancellationToken cancellationToken)
    {
        foreach (var pod in group)
        {
            var own = pod.GracePeriod();
            pods.Evict(pod, new PodTermination("Terminated", Message, own < grace ? own : grace) { IsDisruption = true });
        }

        var started = time.GetTimestamp();
        while (HoldSomething(group) && time.GetElapsedTime(started) < grace)
        {
            await Task.Delay(Look, time, cancellationToken);
        }

        if (HoldSomething(group))
        {
            logger.LogWarning("Some pods had not ended {Grace} after the shutdown asked them to", grace);
        }
    }

    private bool HoldSomething(List<Pod> group) => group.Exists(pod => !pods.IsReclaimed(pod.Metadata.Uid));

    /// <summary>The group of the greatest priority that the pod's reaches; pods below all go with the first.</summary>
    private int GroupOf(Pod pod) => Math.Max(_groups.ToList().FindLastIndex(g => (pod.Spec.Priority ?? 0) >= g.Priority), 0);

    private static IReadOnlyList<(int Priority, TimeSpan Grace)> Groups(KubeletConfiguration configuration)
    {
        if (configuration.ShutdownGracePeriodByPodPriority.Count > 0)
        {
            return [.. configuration.ShutdownGracePeriodByPodPriority.OrderBy(g => g.Priority).Select(g => (g.Priority, TimeSpan.FromSeconds(g.ShutdownGracePeriodSeconds)))];
        }

        var (all, critical) = (configuration.ShutdownGracePeriod.ToTimeSpan(), configuration.ShutdownGracePeriodCriticalPods.ToTimeSpan());
        return all == TimeSpan.Zero ? [] : [(0, all - critical), (SystemCritical, critical)];
    }
}
