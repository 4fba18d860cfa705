using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.PodGarbage;

/// <summary>
/// Removes pods that no kubelet will: of nodes that are gone, deleted before they were bound, on nodes declared out of service,
/// and finished ones beyond a limit. Upstream: pkg/controller/podgc.
/// </summary>
internal sealed class PodGarbageCollector : Controller
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>A node may be created right after its pods became visible: absence counts after this long.</summary>
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);

    private static readonly ObjectKey Sweep = new("", "sweep");
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Pod> _writes;
    private readonly Counter _removed;
    private readonly Counter _failed;
    private readonly int _finishedLimit;
    private readonly Dictionary<string, DateTimeOffset> _absentSince = [];

    public PodGarbageCollector(ControllerContext context, int finishedLimit)
        : base("pod-garbage-collector-controller", context, workers: 1)
    {
        _finishedLimit = finishedLimit;
        _pods = Use<Pod>();
        _nodes = Use<Node>();
        _writes = Writes(_pods);
        _removed = context.Metrics.Counter("pod_gc_collector_force_delete_pods_total", "Number of pods that are being forcefully deleted since the Pod GC Controller started.", "namespace", "reason");
        _failed = context.Metrics.Counter("pod_gc_collector_force_delete_pod_errors_total", "Number of errors encountered when forcefully deleting the pods since the Pod GC Controller started.", "namespace", "reason");
    }

    protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        Queue.Add(Sweep);
        return Task.CompletedTask;
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var pods = _pods.List().ToList();
        var lost = await LostNodesAsync(pods, cancellationToken);
        foreach (var pod in pods)
        {
            var node = pod.Spec.NodeName;
            if (string.IsNullOrEmpty(node))
            {
                if (pod.Metadata.DeletionTimestamp is not null) await RemoveAsync(pod, "unscheduled", null, cancellationToken);
            }
            else if (lost.Contains(node)) await RemoveAsync(pod, "orphaned", "PodGC: node no longer exists", cancellationToken);
            else if (pod.Metadata.DeletionTimestamp is not null && IsOutOfService(node)) await RemoveAsync(pod, "out-of-service", null, cancellationToken);
        }

        await RemoveFinishedAsync(pods, cancellationToken);
        return ReconcileResult.RequeueAfter(Period);
    }

    private async Task<HashSet<string>> LostNodesAsync(List<Pod> pods, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var absent = pods.Select(p => p.Spec.NodeName).OfType<string>().Where(n => n.Length > 0 && _nodes.Get("", n) is null).ToHashSet();
        foreach (var known in _absentSince.Keys.Where(n => !absent.Contains(n)).ToList()) _absentSince.Remove(known);
        var lost = new HashSet<string>();
        foreach (var node in absent)
        {
            if (!_absentSince.TryGetValue(node, out var since)) _absentSince[node] = now;
            else if (now - since >= Quarantine && await Direct(_nodes).FindAsync("", node, cancellationToken) is null) lost.Add(node);
        }

        return lost;
    }

    private bool IsOutOfService(string node) =>
        _nodes.Get("", node) is { } known
        && known.Status.Conditions?.Find(c => c.Type == "Ready")?.Status != "True"
        && known.Spec.Taints.OrEmpty().Any(t => t.Key == "node.kubernetes.io/out-of-service");

    /// <summary>Beyond the limit evicted pods go first, then the oldest.</summary>
    private async Task RemoveFinishedAsync(List<Pod> pods, CancellationToken cancellationToken)
    {
        if (_finishedLimit <= 0) return;
        var finished = pods.Where(p => p.IsTerminal()).OrderBy(p => p.Status is not { Phase: "Failed", Reason: "Evicted" })
            .ThenBy(p => p.Metadata.CreationTimestamp?.Value).ThenBy(p => p.Metadata.Name, StringComparer.Ordinal).ToList();
        foreach (var pod in finished.Take(finished.Count - _finishedLimit)) await RemoveAsync(pod, "terminated", null, cancellationToken);
    }

    /// <summary>Marks a pod that still counted as running as failed, so that its controller learns the end, then removes it.</summary>
    private async Task RemoveAsync(Pod pod, string cause, string? said, CancellationToken cancellationToken)
    {
        _removed.With(pod.Metadata.Namespace, cause).Increment();
        try
        {
            if (!pod.IsTerminal()) await _writes.PatchAsync(KeyOf(pod), PatchFor(pod, said), "status", cancellationToken);
            await _writes.DeleteAsync(pod, new DeleteOptions { GracePeriodSeconds = 0 }, cancellationToken);
        }
        catch (StatusException e)
        {
            _failed.With(pod.Metadata.Namespace, cause).Increment();
            Log.LogWarning("Pod {Pod} was not removed: {Reason}", KeyOf(pod), e.Message);
        }
    }

    private Patch PatchFor(Pod pod, string? said)
    {
        var status = new JsonObject { ["phase"] = "Failed", ["observedGeneration"] = pod.Metadata.Generation };
        if (said is not null)
        {
            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "DisruptionTarget",
                ["status"] = "True",
                ["reason"] = "DeletionByPodGC",
                ["message"] = said,
                ["observedGeneration"] = pod.Metadata.Generation,
                ["lastTransitionTime"] = new Time(Time.GetUtcNow()).ToString(),
            });
        }

        return Patch.StrategicMerge(new JsonObject { ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid }, ["status"] = status });
    }
}
