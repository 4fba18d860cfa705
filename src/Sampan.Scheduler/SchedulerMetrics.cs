using System.Globalization;
using Sampan.Client.Metrics;
using Sampan.Scheduler.Bindings;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler;

/// <summary>The scheduler's numbers, under upstream's names and with upstream's labels.</summary>
internal sealed class SchedulerMetrics(MetricRegistry registry, TimeProvider time)
{
    private readonly Counter _attempts = registry.Counter(
        "scheduler_schedule_attempts_total", "Number of attempts to schedule pods, by the result.", "profile", "result");

    private readonly Histogram _attemptDuration = registry.Histogram(
        "scheduler_scheduling_attempt_duration_seconds", "Time of one attempt, binding left out.", Doubling(0.000125, 18), "profile", "result");

    private readonly Histogram _algorithmDuration = registry.Histogram(
        "scheduler_scheduling_algorithm_duration_seconds", "Time to find a node.", Doubling(0.000125, 18));

    private readonly Histogram _pointDuration = registry.Histogram(
        "scheduler_framework_extension_point_duration_seconds", "Time of all plugins of an extension point.", Doubling(0.0001, 12), "extension_point", "profile", "status");

    private readonly Histogram _sinceQueued = registry.Histogram(
        "scheduler_pod_scheduling_sli_duration_seconds", "Time from a pod's first arrival in the queue to its binding.", Doubling(0.01, 20), "attempts");

    private readonly Histogram _attemptsOfPod = registry.Histogram(
        "scheduler_pod_scheduling_attempts", "Number of attempts until a pod was bound.", Doubling(1, 5));

    private readonly Histogram _permitWait = registry.Histogram(
        "scheduler_permit_wait_duration_seconds", "Time that placed pods waited for permits.", Doubling(0.001, 15), "result");

    private readonly Counter _preemptions = registry.Counter("scheduler_preemption_attempts_total", "Number of attempts to make room for a pod.");

    private readonly Histogram _victims = registry.Histogram("scheduler_preemption_victims", "Number of pods that had to go for another one.", Doubling(1, 7));

    private readonly Counter _incoming = registry.Counter(
        "scheduler_queue_incoming_pods_total", "Number of pods that came into a part of the queue, by what brought them.", "event", "queue");

    private readonly Gauge _pending = registry.Gauge("scheduler_pending_pods", "Number of waiting pods, by the part of the queue.", "queue");

    private readonly Gauge _cacheSize = registry.Gauge("scheduler_cache_size", "Number of nodes, pods and pods that are placed but not yet bound.", "type");

    private readonly Gauge _unschedulable = registry.Gauge("scheduler_unschedulable_pods", "Number of pods that a plugin refused.", "plugin", "profile");

    private readonly Histogram _handling = registry.Histogram(
        "scheduler_event_handling_duration_seconds", "Time to take in a change from outside.", Doubling(0.0001, 12), "event");
    private readonly Histogram _pluginDuration = registry.Histogram(
        "scheduler_plugin_execution_duration_seconds", "Time of one plugin at an extension point, in one cycle of ten; filters judge a block of nodes at once.", Growing(0.00001, 1.5, 20), "extension_point", "plugin", "status");
    private readonly Counter _evaluations = registry.Counter(
        "scheduler_plugin_evaluation_total", "Number of pods that a plugin was asked about.", "extension_point", "plugin", "profile");
    private readonly Histogram _hintDuration = registry.Histogram(
        "scheduler_queueing_hint_execution_duration_seconds", "Time to find out whether a change helps pods that a plugin refused.", Growing(0.00001, 1.5, 20), "event", "hint", "plugin");
    private readonly Counter _afterFlush = registry.Counter(
        "scheduler_pod_scheduled_after_flush_total", "Number of pods that found a node after no change had brought them back.");
    private readonly Gauge _goroutines = registry.Gauge("scheduler_goroutines", "Number of bindings under way.", "operation");
    private readonly Gauge _inFlight = registry.Gauge("scheduler_inflight_events", "Number of pods whose attempt is under way, for which changes are remembered.", "event");
    private readonly Counter _batches = registry.Counter(
        "scheduler_batch_attempts_total", "Number of attempts to use what is known from equal pods, by the result.", "profile", "result");
    private readonly Histogram _hintLookup = registry.Histogram(
        "scheduler_get_node_hint_duration_seconds", "Time to find what is known from equal pods.", Doubling(0.00001, 12), "hinted", "profile");
    private readonly Counter _volumeErrors = registry.Counter(
        "scheduler_volume_scheduling_stage_error_total", "Number of times that volumes could not be dealt with, by the stage.", "operation");
    private readonly Histogram _evictionDuration = registry.Histogram(
        "scheduler_preemption_goroutines_duration_seconds", "Time to tell the victims of a preemption.", Doubling(0.01, 20), "result");
    private readonly Counter _evictions = registry.Counter("scheduler_preemption_goroutines_execution_total", "Number of preemptions whose victims were told.", "result");
    private readonly Counter _claims = registry.Counter("scheduler_resourceclaim_creates_total", "Number of claims made for extended resources.", "status");
    private readonly Counter _conditional = registry.Counter(
        "scheduler_dra_bindingconditions_allocations_total", "Number of allocations of devices that had to be prepared first.", "driver", "profile", "status");
    private readonly Histogram _preparing = registry.Histogram(
        "scheduler_dra_bindingconditions_wait_duration_seconds", "Time until such devices were ready.", Doubling(0.1, 14), "driver", "profile", "status");

    public void Attempt(string result, string profile, TimeSpan duration)
    {
        _attempts.With(profile, result).Increment();
        _attemptDuration.With(profile, result).Observe(duration.TotalSeconds);
        if (result == "scheduled") _algorithmDuration.With().Observe(duration.TotalSeconds);
    }

    /// <summary>An extension point has run from a timestamp until now.</summary>
    public void Ran(ExtensionPoint point, Code code, Profile profile, long started) =>
        _pointDuration.With(Names.Of(point), profile.SchedulerName, Names.Of(code)).Observe(time.GetElapsedTime(started).TotalSeconds);

    public long Now() => time.GetTimestamp();

    public void Bound(TimeSpan sinceQueued, int attempts)
    {
        _sinceQueued.With(attempts >= 15 ? "15+" : attempts.ToString(CultureInfo.InvariantCulture)).Observe(sinceQueued.TotalSeconds);
        _attemptsOfPod.With().Observe(attempts);
    }

    /// <summary>A plugin was asked about a pod.</summary>
    public void Asked(string plugin, ExtensionPoint point, Profile profile) => _evaluations.With(Names.Of(point), plugin, profile.SchedulerName).Increment();

    /// <summary>A plugin has run from a timestamp until now.</summary>
    public void Took(string plugin, ExtensionPoint point, Code code, long started) =>
        _pluginDuration.With(Names.Of(point), plugin, Names.Of(code)).Observe(time.GetElapsedTime(started).TotalSeconds);

    public void Handled(string happening, long started) => _handling.With(happening).Observe(time.GetElapsedTime(started).TotalSeconds);

    public void Hinted(string plugin, ClusterEventKind kind, bool helps, long started) =>
        _hintDuration.With(EventNames.Of(kind), helps ? "Queue" : "QueueSkip", plugin).Observe(time.GetElapsedTime(started).TotalSeconds);

    /// <summary>What is known of pods equal to this one was looked for.</summary>
    public void Recalled(bool isKnown, Profile profile, long started)
    {
        _batches.With(profile.SchedulerName, isKnown ? "hint_used" : "no_hint").Increment();
        _hintLookup.With(isKnown ? "true" : "false", profile.SchedulerName).Observe(time.GetElapsedTime(started).TotalSeconds);
    }

    public void VolumesFailed(string operation) => _volumeErrors.With(operation).Increment();

    public void ScheduledAfterFlush() => _afterFlush.With().Increment();

    /// <summary>The victims of a preemption were told that they have to go.</summary>
    public void Evicted(bool done, TimeSpan duration)
    {
        _evictions.With(Result(done)).Increment();
        _evictionDuration.With(Result(done)).Observe(duration.TotalSeconds);
    }

    public void ClaimCreated(bool done) => _claims.With(done ? "success" : "failure").Increment();

    /// <summary>A pod's devices were waited for.</summary>
    public void Prepared(string driver, string profile, string status, TimeSpan duration)
    {
        _conditional.With(driver, profile, status).Increment();
        _preparing.With(driver, profile, status).Observe(duration.TotalSeconds);
    }

    public void PermitWaited(Code code, TimeSpan duration) => _permitWait.With(Names.Of(code)).Observe(duration.TotalSeconds);

    public void Preempted(int victims)
    {
        _preemptions.With().Increment();
        if (victims > 0) _victims.With().Observe(victims);
    }

    /// <summary>A pod came into a part of the queue.</summary>
    public void Incoming(string queue, string happening) => _incoming.With(happening, queue).Increment();

    /// <summary>So many pods more, or less, wait because of a plugin.</summary>
    public void Refused(string plugin, string profile, int more) => _unschedulable.With(plugin, profile).Add(more);

    /// <summary>From now on sizes are read when somebody asks for them.</summary>
    public void Observe(SchedulingQueue queue, SchedulerCache cache, BindingQueue bindings)
    {
        _goroutines.With("binding").Observe(() => bindings.Count);
        _inFlight.With("PodPopped").Observe(() => bindings.Count);
        _pending.With("active").Observe(() => queue.ActiveCount);
        _pending.With("backoff").Observe(() => queue.BackoffCount);
        _pending.With("unschedulable").Observe(() => queue.UnschedulableCount);
        _pending.With("gated").Observe(() => queue.GatedCount);
        _cacheSize.With("nodes").Observe(() => cache.NodeCount);
        _cacheSize.With("pods").Observe(() => cache.PodCount);
        _cacheSize.With("assumed_pods").Observe(() => cache.AssumedCount);
    }

    private static string Result(bool done) => done ? "success" : "error";

    private static double[] Growing(double first, double factor, int count) => [.. Enumerable.Range(0, count).Select(i => first * Math.Pow(factor, i))];

    // Each bucket twice the one before.
    private static double[] Doubling(double first, int count) => [.. Enumerable.Range(0, count).Select(i => first * (1 << i))];

    // The texts of enums, made once.
    private static class Names
    {
        private static readonly string[] Points = Enum.GetNames<ExtensionPoint>();
        private static readonly string[] Codes = Enum.GetNames<Code>();

        public static string Of(ExtensionPoint point) => Points[(int)point];

        public static string Of(Code code) => Codes[(int)code];
    }
}
