using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How long pods take, and what became of them, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class PodMetrics
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] StartSeconds = [0.5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600];
    private static readonly double[] StatusSeconds = [0.010, 0.050, 0.100, 0.500, 1, 5, 10, 20, 30, 45, 60];
    private readonly Histogram _workerDurations;
    private readonly Histogram _workerStarts;
    private readonly Histogram _podStarts;
    private readonly Histogram _statusSyncs;
    private readonly Histogram _containers;
    private readonly Histogram _sandboxDurations;
    private readonly Counter _sandboxErrors;
    private readonly Counter _orphans;

    public PodMetrics(MetricRegistry registry)
    {
        _workerDurations = registry.Histogram("kubelet_pod_worker_duration_seconds", "[ALPHA] Seconds that one look at a pod takes, by what caused it: create, update, sync or kill", Seconds, "operation_type");
        _workerStarts = registry.Histogram("kubelet_pod_worker_start_duration_seconds", "[ALPHA] Seconds from seeing a pod to starting on it.", Seconds);
        _podStarts = registry.Histogram("kubelet_pod_start_duration_seconds", "[ALPHA] Seconds from seeing a pod to its running", StartSeconds);
        _statusSyncs = registry.Histogram("kubelet_pod_status_sync_duration_seconds", "[ALPHA] Seconds from a change of a pod's status until the API has it, whatever else changed meanwhile.", StatusSeconds);
        _containers = registry.Histogram("kubelet_containers_per_pod_count", "[ALPHA] Containers of a pod.", [1, 2, 4, 8, 16]);
        _sandboxDurations = registry.Histogram("kubelet_run_podsandbox_duration_seconds", "[ALPHA] Seconds that making a sandbox takes, by the handler of its RuntimeClass.", Seconds, "runtime_handler");
        _sandboxErrors = registry.Counter("kubelet_run_podsandbox_errors_total", "[ALPHA] Sandboxes that could not be made, by the handler of their RuntimeClass.", "runtime_handler");
        _orphans = registry.Counter("kubelet_orphaned_runtime_pods_total", "[ALPHA] Pods found in the runtime that nobody wanted.");
        _orphans.With();
    }

    /// <summary>A pod came to this node.</summary>
    public void Seen(int containers) => _containers.With().Observe(containers);

    /// <summary>It was admitted, or refused: its worker begins.</summary>
    public void Began(TimeSpan sinceSeen) => _workerStarts.With().Observe(sinceSeen.TotalSeconds);

    public void Worked(string operation, TimeSpan took) => _workerDurations.With(operation).Observe(took.TotalSeconds);

    /// <summary>Its phase became Running.</summary>
    public void Ran(TimeSpan sinceSeen) => _podStarts.With().Observe(sinceSeen.TotalSeconds);

    public void StatusSynced(TimeSpan sinceChange) => _statusSyncs.With().Observe(sinceChange.TotalSeconds);

    public void SandboxMade(string handler, TimeSpan took, bool isFailed)
    {
        _sandboxDurations.With(handler).Observe(took.TotalSeconds);
        if (isFailed)
        {
            _sandboxErrors.With(handler).Increment();
        }
    }

    public void OrphanFound() => _orphans.With().Increment();
}
