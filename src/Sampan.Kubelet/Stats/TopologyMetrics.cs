using Sampan.Client.Metrics;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Stats;

/// <summary>Who gets processors and memory of its own, and whether near each other, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class TopologyMetrics
{
    private const string Container = "container";
    private const string PhysicalCpu = "physical_cpu";
    private const string UncoreCache = "uncore_cache";
    private const string NumaNode = "numa_node";
    private readonly CounterValue _requests;
    private readonly CounterValue _errors;
    private readonly Histogram _durations;
    private readonly Counter _aligned;
    private readonly Counter _unaligned;
    private readonly Dictionary<string, (CounterValue Requests, CounterValue Errors)> _pins;

    public TopologyMetrics(MetricRegistry registry)
    {
        _requests = registry.Counter("kubelet_topology_manager_admission_requests_total", "[ALPHA] Pods whose resources had to be of the same NUMA nodes.").With();
        _errors = registry.Counter("kubelet_topology_manager_admission_errors_total", "[ALPHA] Of those, the ones that were refused.").With();
        _durations = registry.Histogram("kubelet_topology_manager_admission_duration_ms", "[ALPHA] Milliseconds that choosing a pod's NUMA nodes takes.", Buckets.Exponential(0.05, 2, 15));
        _aligned = registry.Counter("kubelet_container_aligned_compute_resources_count", "[ALPHA] Containers whose resources lie together, by what they share.", "boundary", "scope");
        _unaligned = registry.Counter("kubelet_container_aligned_compute_resources_failure_count", "[ALPHA] Containers whose resources could not lie together, by what they should have shared.", "boundary", "scope");
        _pins = new()
        {
            [CpuManager.Name] = Pins(registry, CpuManager.Name, "processors"),
            [MemoryManager.Name] = Pins(registry, MemoryManager.Name, "memory"),
        };
        foreach (var counter in new[] { _aligned, _unaligned })
        {
            _ = (counter.With(NumaNode, Container), counter.With(NumaNode, "pod"), counter.With(PhysicalCpu, Container));
        }

        _ = _aligned.With(UncoreCache, Container);
    }

    /// <summary>Shows how the processors are shared out.</summary>
    public static void Show(MetricRegistry registry, CpuManager cpus)
    {
        registry.Read("kubelet_cpu_manager_shared_pool_size_millicores", "[ALPHA] Processors that containers without own ones share, in thousandths.", "gauge", () => cpus.Shared.Except(cpus.Reserved).Count * 1000);
        registry.Read("kubelet_cpu_manager_exclusive_cpu_allocation_count", "[ALPHA] Processors that belong to one container each.", "gauge", () => cpus.Allocated.Count);
        registry.Collect("kubelet_cpu_manager_allocation_per_numa", "[ALPHA] Processors given out, by NUMA node.", "gauge", ["numa_node"], () => cpus.AllocatedByNode().Select(n => (new[] { $"{n.Node}" }, (double)n.Count)));
    }

    /// <param name="took">How long it took.</param>
    /// <param name="isFailed">Whether the pod was refused for it, where resources have to lie together.</param>
    public void Admitted(TimeSpan took, bool isFailed)
    {
        _requests.Increment();
        _durations.With().Observe((long)took.TotalMilliseconds);
        if (isFailed)
        {
            _errors.Increment();
        }
    }

    /// <summary>All of a container, or of a pod, had to lie on one node.</summary>
    public void AlignedToNode(bool isPodScope, bool isDone) => (isDone ? _aligned : _unaligned).With(NumaNode, isPodScope ? "pod" : Container).Increment();

    public void AlignedToCores(bool isDone) => (isDone ? _aligned : _unaligned).With(PhysicalCpu, Container).Increment();

    /// <summary>A container got processors of its own that share their last-level cache; nobody promised it that.</summary>
    public void AlignedToCache() => _aligned.With(UncoreCache, Container).Increment();

    /// <summary>A container gets something of its own from this manager, or should have.</summary>
    public void Pinned(string manager, bool isDone)
    {
        var (requests, errors) = _pins[manager];
        requests.Increment();
        if (!isDone)
        {
            errors.Increment();
        }
    }

    private static (CounterValue, CounterValue) Pins(MetricRegistry registry, string manager, string what) => (
        registry.Counter($"kubelet_{manager}_pinning_requests_total", $"[ALPHA] Containers that had to get {what} of their own.").With(),
        registry.Counter($"kubelet_{manager}_pinning_errors_total", $"[ALPHA] Containers that should have got {what} of their own, and did not.").With());
}
