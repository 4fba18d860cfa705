using Sampan.Client.Metrics;

namespace Sampan.Client.Queues;

/// <summary>A queue's numbers under upstream's names, one <c>name</c> label per queue.</summary>
public sealed class QueueMetrics
{
    private static readonly double[] Seconds = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000];

    private readonly string _name;
    private readonly Gauge _depth;
    private readonly Gauge _longest;
    private readonly Gauge _unfinished;

    public QueueMetrics(MetricRegistry registry, string name)
    {
        _name = name;
        _depth = registry.Gauge("workqueue_depth", "Keys that wait for a worker", "name");
        _longest = registry.Gauge("workqueue_longest_running_processor_seconds", "How long the oldest key in work has been worked on", "name");
        _unfinished = registry.Gauge("workqueue_unfinished_work_seconds", "Seconds of work in progress, summed over all keys", "name");
        Adds = registry.Counter("workqueue_adds_total", "Keys added", "name").With(name);
        Retries = registry.Counter("workqueue_retries_total", "Keys added again with back-off", "name").With(name);
        QueueDuration = registry.Histogram("workqueue_queue_duration_seconds", "How long keys wait for a worker", Seconds, "name").With(name);
        WorkDuration = registry.Histogram("workqueue_work_duration_seconds", "How long keys are worked on", Seconds, "name").With(name);
    }

    internal CounterValue Adds { get; }

    internal CounterValue Retries { get; }

    internal HistogramValue QueueDuration { get; }

    internal HistogramValue WorkDuration { get; }

    internal void Attach(Func<double> depth, Func<double> longest, Func<double> unfinished)
    {
        _depth.With(_name).Observe(depth);
        _longest.With(_name).Observe(longest);
        _unfinished.With(_name).Observe(unfinished);
    }
}
