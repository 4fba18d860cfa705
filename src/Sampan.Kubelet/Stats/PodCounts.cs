using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Stats;

/// <summary>Pods and containers, counted when somebody asks, under upstream's names (pkg/kubelet/metrics).</summary>
internal static class PodCounts
{
    private const string Desired = "desired";
    private const string Orphan = "orphan";
    private const string RuntimeOnly = "runtime_only";
    private static readonly string[] Static = ["", "true"];

    private static readonly (string Label, Cri.ContainerState State)[] ContainerStates =
    [
        ("created", Cri.ContainerState.ContainerCreated), ("running", Cri.ContainerState.ContainerRunning), ("exited", Cri.ContainerState.ContainerExited), ("unknown", Cri.ContainerState.ContainerUnknown),
    ];

    private static readonly (string Label, PodWorkerState State)[] Lifecycle =
    [
        ("sync", PodWorkerState.Syncing), ("terminating", PodWorkerState.Terminating), ("terminated", PodWorkerState.Terminated),
    ];

    /// <param name="registry">Where they are shown.</param>
    /// <param name="cache">What the runtime holds.</param>
    /// <param name="workers">One for each pod.</param>
    /// <param name="isResizing">Whether a pod was granted resources that are not in force yet.</param>
    /// <param name="mirrors">How many static pods the API shows.</param>
    public static void AddTo(MetricRegistry registry, RuntimeCache cache, Func<IEnumerable<PodWorker>> workers, Func<Pod, PodRuntimeState, bool> isResizing, Func<double> mirrors)
    {
        registry.Collect("kubelet_pod_pending_resizes", "[ALPHA] Pods whose resize has to wait, or cannot be, by reason.", "gauge", ["reason"],
            () => workers().Where(w => w.PendingResize is not null).CountBy(w => w.PendingResize!.Reason.ToLowerInvariant()).Select(r => (new[] { r.Key }, (double)r.Value)));
        registry.Read("kubelet_pod_in_progress_resizes", "[ALPHA] Pods that were granted resources which are not in force yet.", "gauge", () => workers().Count(w => isResizing(w.Pod, cache.Get(w.Uid))));
        registry.Read("kubelet_running_pods", "[ALPHA] Number of pods that have a running pod sandbox", "gauge", () => cache.All.Count(p => p.ReadySandbox is not null));
        var running = registry.Gauge("kubelet_running_containers", "[ALPHA] Number of containers currently running", "container_state");
        foreach (var (label, state) in ContainerStates)
        {
            running.With(label).Observe(() => cache.All.Sum(p => p.Containers.Count(c => c.State == state)));
        }

        registry.Collect("kubelet_desired_pods", "[ALPHA] Pods that the kubelet is told to run. static is true if the pod is not from the apiserver.", "gauge", ["static"],
            () => ByStatic(workers().Where(IsDesired)));
        registry.Collect("kubelet_active_pods", "[ALPHA] Pods that count when a new pod is admitted. static is true if the pod is not from the apiserver.", "gauge", ["static"],
            () => ByStatic(workers().Where(w => IsDesired(w) && w.State is PodWorkerState.Syncing or PodWorkerState.Terminating)));
        registry.Read("kubelet_mirror_pods", "[ALPHA] Mirror pods that the kubelet keeps in the API, one for each static pod", "gauge", mirrors);
        registry.Read("kubelet_managed_ephemeral_containers", "[ALPHA] Ephemeral containers in pods of this kubelet", "gauge", () => workers().Sum(w => w.Pod.Spec.EphemeralContainers?.Count ?? 0));
        registry.Collect("kubelet_working_pods", "[ALPHA] Pods that hold something of the node, by where in their life they are, and by who still wants them.", "gauge", ["config", "lifecycle", "static"],
            () => Working([.. workers()]));
    }

    private static bool IsDesired(PodWorker worker) => !worker.IsRemoved;

    private static string StaticOf(PodWorker worker) => worker.Pod.IsStatic() ? "true" : "";

    private static IEnumerable<(string[] Values, double Value)> ByStatic(IEnumerable<PodWorker> workers)
    {
        var counts = workers.CountBy(StaticOf).ToDictionary();
        return Static.Select(kind => (new[] { kind }, (double)counts.GetValueOrDefault(kind)));
    }

    /// <summary>Every combination has its series, also one that nobody is in.</summary>
    private static IEnumerable<(string[] Values, double Value)> Working(PodWorker[] workers)
    {
        var counts = workers.CountBy(w => (Config: ConfigOf(w), w.State, Static: w.IsRuntimeOnly ? "unknown" : StaticOf(w))).ToDictionary();
        (string Config, string Static)[] kinds = [.. Static.Select(s => (Desired, s)), .. Static.Select(s => (Orphan, s)), (RuntimeOnly, "unknown")];
        return
            from kind in kinds
            from life in Lifecycle
            select (new[] { kind.Config, life.Label, kind.Static }, (double)counts.GetValueOrDefault((kind.Config, life.State, kind.Static)));
    }

    private static string ConfigOf(PodWorker worker) => worker.IsRuntimeOnly ? RuntimeOnly : IsDesired(worker) ? Desired : Orphan;
}
