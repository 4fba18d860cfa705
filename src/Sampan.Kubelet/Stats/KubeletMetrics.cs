using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>What the kubelet counts of its own work, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class KubeletMetrics
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
    private readonly Counter _operations;
    private readonly Counter _operationErrors;
    private readonly Histogram _operationDurations;
    private readonly Counter _startedPods;
    private readonly Counter _failedPods;
    private readonly Histogram _relistDurations;
    private readonly Counter _startedContainers;
    private readonly Counter _startErrors;
    private readonly Counter _evictions;
    private readonly Counter _requests;
    private readonly Counter _deletedImages;

    public KubeletMetrics(MetricRegistry registry, string nodeName)
    {
        _operations = registry.Counter("kubelet_runtime_operations_total", "[ALPHA] Cumulative number of runtime operations by operation type.", "operation_type");
        _operationErrors = registry.Counter("kubelet_runtime_operations_errors_total", "[ALPHA] Cumulative number of runtime operation errors by operation type.", "operation_type");
        _operationDurations = registry.Histogram("kubelet_runtime_operations_duration_seconds", "[ALPHA] Duration in seconds of runtime operations. Broken down by operation type.", Seconds, "operation_type");
        _startedPods = registry.Counter("kubelet_started_pods_total", "[ALPHA] Cumulative number of pods started");
        _failedPods = registry.Counter("kubelet_started_pods_errors_total", "[ALPHA] Cumulative number of errors when starting pods");
        _relistDurations = registry.Histogram("kubelet_pleg_relist_duration_seconds", "[ALPHA] Duration in seconds for relisting pods in PLEG.", Seconds);
        _startedContainers = registry.Counter("kubelet_started_containers_total", "[ALPHA] Cumulative number of containers started", "container_type");
        _startErrors = registry.Counter("kubelet_started_containers_errors_total", "[ALPHA] Cumulative number of errors when starting containers", "code", "container_type");
        _evictions = registry.Counter("kubelet_evictions", "[ALPHA] Cumulative number of pod evictions by eviction signal", "eviction_signal");
        _requests = registry.Counter("kubelet_http_requests_total", "[ALPHA] Number of the http requests received since the server started", "long_running", "method", "path", "server_type");
        _deletedImages = registry.Counter("kubelet_image_garbage_collected_total", "[ALPHA] Total number of images garbage collected by the kubelet, whether through disk usage or image age.", "reason");
        registry.Gauge("kubelet_node_name", "[ALPHA] The node's name. The count is always 1.", "node").With(nodeName).Set(1);
    }

    public void Operation(string type, TimeSpan took, bool isFailed)
    {
        _operations.With(type).Increment();
        _operationDurations.With(type).Observe(took.TotalSeconds);
        if (isFailed)
        {
            _operationErrors.With(type).Increment();
        }

        if (type == "run_podsandbox")
        {
            (isFailed ? _failedPods : _startedPods).With().Increment();
        }
    }

    /// <summary>The runtime has listed all that it has.</summary>
    public void Relisted(TimeSpan took) => _relistDurations.With().Observe(took.TotalSeconds);

    public void ContainerStarted(string kind) => _startedContainers.With(kind).Increment();

    public void ContainerFailed(string kind, string reason) => _startErrors.With(reason, kind).Increment();

    /// <summary>An unused image is gone: for its age, or for the disk's sake.</summary>
    public void ImageDeleted(string reason) => _deletedImages.With(reason).Increment();

    public void Evicted(string signal) => _evictions.With(signal).Increment();

    public void Request(string method, string path, bool isLong) => _requests.With(isLong ? "true" : "false", method, path, "readwrite").Increment();
}
