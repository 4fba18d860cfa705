using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>What the kubelet counts of its own work, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class KubeletMetrics
{
    private static readonly double[] OperationSeconds = Buckets.Exponential(0.005, 2.5, 14);
    private readonly Counter _operations;
    private readonly Counter _operationErrors;
    private readonly Histogram _operationDurations;
    private readonly Counter _evictions;
    private readonly Histogram _evictionAges;
    private readonly Counter _requests;
    private readonly Histogram _requestDurations;
    private readonly Gauge _inFlight;
    private readonly Counter _deletedImages;

    public KubeletMetrics(MetricRegistry registry, string nodeName)
    {
        _operations = registry.Counter("kubelet_runtime_operations_total", "[ALPHA] Cumulative number of runtime operations by operation type.", "operation_type");
        _operationErrors = registry.Counter("kubelet_runtime_operations_errors_total", "[ALPHA] Cumulative number of runtime operation errors by operation type.", "operation_type");
        _operationDurations = registry.Histogram("kubelet_runtime_operations_duration_seconds", "[ALPHA] Seconds that one call of the runtime takes, by call.", OperationSeconds, "operation_type");
        _evictions = registry.Counter("kubelet_evictions", "[ALPHA] Cumulative number of pod evictions by eviction signal", "eviction_signal");
        _requests = registry.Counter("kubelet_http_requests_total", "[ALPHA] Number of the http requests received since the server started", "long_running", "method", "path", "server_type");
        _evictionAges = registry.Histogram("kubelet_eviction_stats_age_seconds", "[ALPHA] How old the figures were for which a pod was evicted, in seconds, by signal.", Buckets.Default, "eviction_signal");
        _requestDurations = registry.Histogram("kubelet_http_requests_duration_seconds", "[ALPHA] Seconds that the kubelet's own API takes to answer.", Buckets.Default, "long_running", "method", "path", "server_type");
        _inFlight = registry.Gauge("kubelet_http_inflight_requests", "[ALPHA] Requests that the kubelet's own API is working on.", "long_running", "method", "path", "server_type");
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
    }

    /// <summary>An unused image is gone: for its age, or for the disk's sake.</summary>
    public void ImageDeleted(string reason) => _deletedImages.With(reason).Increment();

    /// <param name="signal">What the node was short of.</param>
    /// <param name="age">Since it was seen.</param>
    public void Evicted(string signal, TimeSpan age)
    {
        _evictions.With(signal).Increment();
        _evictionAges.With(signal).Observe(age.TotalSeconds);
    }

    public void RequestBegan(string[] labels)
    {
        _requests.With(labels).Increment();
        _inFlight.With(labels).Add(1);
    }

    public void RequestEnded(string[] labels, TimeSpan took)
    {
        _inFlight.With(labels).Add(-1);
        _requestDurations.With(labels).Observe(took.TotalSeconds);
    }
}
