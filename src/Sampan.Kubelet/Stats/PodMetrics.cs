using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How long pods take, and what became of them, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class PodMetrics
{
    private static readonly double[] StatusSeconds = [0.010, 0.050, 0.100, 0.500, 1, 5, 10, 20, 30, 45, 60];
    private readonly Histogram _workerDurations;
    private readonly Histogram _workerStarts;
    private readonly Histogram _podStarts;
    private readonly Histogram _statusSyncs;
    private readonly Histogram _containers;
    private readonly Histogram _sandboxDurations;
    private readonly Counter _sandboxErrors;
    private readonly Counter _orphans;
    private readonly Counter _startedPods;
    private readonly Counter _failedPods;
    private readonly Counter _startedNamespaced;
    private readonly Counter _failedNamespaced;
    private readonly Counter _startedContainers;
    private readonly Counter _failedContainers;
    private readonly Counter _endedContainers;
    private readonly Counter _restarted;
    private readonly Counter _preempted;
    private readonly Counter _rejected;
    private readonly Counter _httpFallbacks;
    private readonly Counter _cutSleeps;
    private readonly GaugeValue _swept;
    private readonly GaugeValue _sweepFailures;

    public PodMetrics(MetricRegistry registry, TimeProvider time)
    {
        Starts = new PodStarts(registry, Buckets.PodStart, time);
        Resizes = new ResizeMetrics(registry);
        _workerDurations = registry.Histogram("kubelet_pod_worker_duration_seconds", "[ALPHA] Seconds that one look at a pod takes, by what caused it: create, update, sync or kill", Buckets.Default, "operation_type");
        _workerStarts = registry.Histogram("kubelet_pod_worker_start_duration_seconds", "[ALPHA] Seconds from seeing a pod to starting on it.", Buckets.Default);
        _podStarts = registry.Histogram("kubelet_pod_start_duration_seconds", "[ALPHA] Seconds from seeing a pod to its running", Buckets.PodStart);
        _statusSyncs = registry.Histogram("kubelet_pod_status_sync_duration_seconds", "[ALPHA] Seconds from a change of a pod's status until the API has it, whatever else changed meanwhile.", StatusSeconds);
        _containers = registry.Histogram("kubelet_containers_per_pod_count", "[ALPHA] Containers of a pod.", [1, 2, 4, 8, 16]);
        _sandboxDurations = registry.Histogram("kubelet_run_podsandbox_duration_seconds", "[ALPHA] Seconds that making a sandbox takes, by the handler of its RuntimeClass.", Buckets.Default, "runtime_handler");
        _sandboxErrors = registry.Counter("kubelet_run_podsandbox_errors_total", "[ALPHA] Sandboxes that could not be made, by the handler of their RuntimeClass.", "runtime_handler");
        _orphans = registry.Counter("kubelet_orphaned_runtime_pods_total", "[ALPHA] Pods found in the runtime that nobody wanted.");
        _orphans.With();
        _startedPods = registry.Counter("kubelet_started_pods_total", "[ALPHA] Pods whose sandbox was asked for.");
        _failedPods = registry.Counter("kubelet_started_pods_errors_total", "[ALPHA] Sandboxes that could not be made.");
        _startedNamespaced = registry.Counter("kubelet_started_user_namespaced_pods_total", "[ALPHA] Pods with a user namespace whose sandbox was asked for.");
        _failedNamespaced = registry.Counter("kubelet_started_user_namespaced_pods_errors_total", "[ALPHA] Sandboxes with a user namespace that could not be made.");
        _startedContainers = registry.Counter("kubelet_started_containers_total", "[ALPHA] Containers that were asked for.", "container_type");
        _failedContainers = registry.Counter("kubelet_started_containers_errors_total", "[ALPHA] Containers that could not be made or started.", "code", "container_type");
        _endedContainers = registry.Counter("kubelet_terminated_containers_total", "[ALPHA] Containers that ended, by how.", "container_type", "exit_code", "reason");
        _restarted = registry.Counter("kubelet_restarted_pods_total", "[ALPHA] Pods that came back under the same UID while what was left of them ended, and were started anew", "static");
        _preempted = registry.Counter("kubelet_preemptions", "[ALPHA] Pods that ended for the sake of a critical one, by what that one lacked.", "preemption_signal");
        _rejected = registry.Counter("kubelet_admission_rejections_total", "[ALPHA] Pods that this node did not take in, by reason.", "reason");
        _httpFallbacks = registry.Counter("kubelet_lifecycle_handler_http_fallbacks_total", "[ALPHA] Hooks that were answered over HTTP after HTTPS had failed.");
        _cutSleeps = registry.Counter("kubelet_sleep_action_terminated_early_total", "[ALPHA] Sleeping hooks that were cut short.");
        _swept = registry.Gauge("kubelet_orphan_pod_cleaned_volumes", "[ALPHA] Pods that nobody knew and whose remains the last round removed or tried to.").With();
        _sweepFailures = registry.Gauge("kubelet_orphan_pod_cleaned_volumes_errors", "[ALPHA] Of those, how many still have remains.").With();
        foreach (var counter in new[] { _startedPods, _failedPods, _startedNamespaced, _failedNamespaced, _httpFallbacks, _cutSleeps })
        {
            counter.With();
        }
    }

    public PodStarts Starts { get; }

    public ResizeMetrics Resizes { get; }

    /// <summary>A pod came to this node.</summary>
    public void Seen(int containers) => _containers.With().Observe(containers);

    /// <summary>It was admitted, or refused: its worker begins.</summary>
    public void Began(TimeSpan sinceSeen) => _workerStarts.With().Observe(sinceSeen.TotalSeconds);

    public void Worked(string operation, TimeSpan took) => _workerDurations.With(operation).Observe(took.TotalSeconds);

    /// <summary>Its phase became Running.</summary>
    public void Ran(TimeSpan sinceSeen) => _podStarts.With().Observe(sinceSeen.TotalSeconds);

    public void StatusSynced(TimeSpan sinceChange) => _statusSyncs.With().Observe(sinceChange.TotalSeconds);

    /// <summary>Counted as begun whether it was made or not.</summary>
    public void SandboxMade(string handler, bool hasOwnUsers, TimeSpan took, bool isFailed)
    {
        _sandboxDurations.With(handler).Observe(took.TotalSeconds);
        Count(_startedPods, _startedNamespaced, hasOwnUsers);
        if (isFailed)
        {
            _sandboxErrors.With(handler).Increment();
            Count(_failedPods, _failedNamespaced, hasOwnUsers);
        }
    }

    public void ContainerBegun(string kind) => _startedContainers.With(kind).Increment();

    public void ContainerFailed(string kind, string reason) => _failedContainers.With(reason, kind).Increment();

    public void ContainerEnded(string kind, int exitCode, string reason) => _endedContainers.With(kind, $"{exitCode}", reason).Increment();

    public void OrphanFound() => _orphans.With().Increment();

    /// <summary>Directories and groups of pods that nobody knows were looked for.</summary>
    public void OrphansSwept(int pods, int failures)
    {
        _swept.Set(pods);
        _sweepFailures.Set(failures);
    }

    public void Restarted(bool isStatic) => _restarted.With(isStatic ? "true" : "").Increment();

    /// <summary>A pod went for a critical one's sake.</summary>
    public void Preempted(string resource) => _preempted.With(resource).Increment();

    public void Rejected(string reason) => _rejected.With(RejectionLabels.Of(reason)).Increment();

    public void FellBackToHttp() => _httpFallbacks.With().Increment();

    public void SleepCutShort() => _cutSleeps.With().Increment();

    private static void Count(Counter all, Counter namespaced, bool hasOwnUsers)
    {
        all.With().Increment();
        if (hasOwnUsers)
        {
            namespaced.With().Increment();
        }
    }
}
