using Sampan.Client.Metrics;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler;

/// <summary>The scheduler's numbers, under upstream's names.</summary>
internal sealed class SchedulerMetrics(MetricRegistry registry)
{
    // Seconds: 0.1 ms to 1.6 s, and 1 ms to 16 s, each twice the one before.
    private static readonly double[] AttemptBuckets = [.. Enumerable.Range(0, 15).Select(i => 0.0001 * (1 << i))];
    private static readonly double[] BindBuckets = [.. Enumerable.Range(0, 15).Select(i => 0.001 * (1 << i))];

    private readonly Counter _attempts = registry.Counter(
        "scheduler_schedule_attempts_total", "Number of attempts to schedule pods, by the result.", "result");

    private readonly Histogram _attemptDuration = registry.Histogram(
        "scheduler_scheduling_attempt_duration_seconds", "Time of one attempt, binding left out.", AttemptBuckets, "result");

    private readonly Histogram _bindDuration = registry.Histogram(
        "scheduler_pod_scheduling_sli_duration_seconds", "Time from a pod's first arrival in the queue to its binding.", BindBuckets);

    private readonly Gauge _pending = registry.Gauge(
        "scheduler_pending_pods", "Number of waiting pods, by the part of the queue.", "queue");

    public void Attempt(string result, TimeSpan duration)
    {
        _attempts.With(result).Increment();
        _attemptDuration.With(result).Observe(duration.TotalSeconds);
    }

    public void Bound(TimeSpan sinceQueued) => _bindDuration.With().Observe(sinceQueued.TotalSeconds);

    public void SetQueue(SchedulingQueue queue)
    {
        _pending.With("active").Set(queue.ActiveCount);
        _pending.With("backoff").Set(queue.BackoffCount);
        _pending.With("unschedulable").Set(queue.UnschedulableCount);
        _pending.With("gated").Set(queue.GatedCount);
    }
}
