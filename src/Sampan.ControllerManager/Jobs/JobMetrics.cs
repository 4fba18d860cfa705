using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>What becomes of Jobs and their pods, under upstream's names.</summary>
internal sealed class JobMetrics(MetricRegistry registry)
{
    private readonly Histogram _durations = registry.Histogram("job_controller_job_sync_duration_seconds", "The time it took to sync a job", Buckets.From(0.004, 2, 15), "completion_mode", "result", "action");
    private readonly Counter _syncs = registry.Counter("job_controller_job_syncs_total", "The number of job syncs", "completion_mode", "result", "action");
    private readonly Counter _finished = registry.Counter("job_controller_jobs_finished_total", "The number of finished jobs", "completion_mode", "result", "reason");
    private readonly Counter _pods = registry.Counter("job_controller_job_pods_finished_total", "The number of finished Pods that are fully tracked", "completion_mode", "result");
    private readonly Counter _indexes = registry.Counter("job_controller_job_finished_indexes_total", "The number of finished indexes", "status", "backoffLimit");
    private readonly Counter _creations = registry.Counter("job_controller_job_pods_creation_total", "The number of Pods created by the Job controller, by why they were", "reason", "status");
    private readonly Counter _handled = registry.Counter("job_controller_pod_failures_handled_by_failure_policy_total", "The number of failed Pods handled by a rule of their failure policy", "action");
    private readonly Counter _tracked = registry.Counter("job_controller_terminated_pods_tracking_finalizer_total", "The number of terminated pods that have the tracking finalizer: that came, and that went", "event");
    private readonly Counter _external = registry.Counter("job_controller_jobs_by_external_controller_total", "The number of Jobs managed by an external controller", "controller_name");

    public void Synced(JobSync sync, bool success, TimeSpan took)
    {
        string[] labels = [ModeOf(sync.Job), success ? "success" : "error", sync.Action];
        _durations.With(labels).Observe(took.TotalSeconds);
        _syncs.With(labels).Increment();
    }

    /// <summary>The status has been written: what it says more than before has happened.</summary>
    public void Written(Job before, JobSync sync)
    {
        var (now, mode) = (sync.Job, ModeOf(sync.Job));
        Add(_pods.With(mode, "succeeded"), now.Status.Succeeded - before.Status.Succeeded);
        Add(_pods.With(mode, "failed"), now.Status.Failed - before.Status.Failed);
        foreach (var action in sync.Handled) _handled.With(action).Increment();
        if (sync.IsIndexed) IndexesWritten(before, sync);
        if (JobConditions.IsFinished(before) || !JobConditions.IsFinished(now)) return;
        var failed = JobConditions.IsTrue(now, JobConditions.Failed);
        _finished.With(mode, failed ? "failed" : "succeeded", JobConditions.Find(now, failed ? JobConditions.Failed : JobConditions.Complete)!.Reason ?? "").Increment();
    }

    public void PodCreated(JobSync sync, bool success)
    {
        var failed = sync.Failed > 0;
        var reason = failed && sync.Job.Spec.PodReplacementPolicy == "Failed" ? "recreate_failed" : failed || sync.Terminating > 0 ? "recreate_terminating_or_failed" : "new";
        _creations.With(reason, success ? "succeeded" : "failed").Increment();
    }

    public void PodChanged(Pod? old, Pod? current)
    {
        var (was, @is) = (IsHeld(old), IsHeld(current));
        if (was != @is) _tracked.With(@is ? "add" : "delete").Increment();
    }

    public void JobAdded(Job job)
    {
        if (JobController.OtherManagerOf(job) is { } other) _external.With(other).Increment();
    }

    private void IndexesWritten(Job before, JobSync sync)
    {
        var limit = sync.Job.Spec.BackoffLimitPerIndex is null ? "global" : "perIndex";
        Add(_indexes.With("succeeded", limit), sync.CompletedIndexes.Count - JobIndexes.Parse(before.Status.CompletedIndexes, sync.Completions).Count());
        Add(_indexes.With("failed", limit), sync.FailedIndexes.Count - JobIndexes.Parse(before.Status.FailedIndexes, sync.Completions).Count());
    }

    private static void Add(CounterValue counter, int number)
    {
        if (number > 0) counter.Increment(number);
    }

    private static bool IsHeld(Pod? pod) => pod is not null && pod.IsTerminal() && JobFinalizers.Holds(pod);

    private static string ModeOf(Job job) => job.Spec.CompletionMode ?? "NonIndexed";
}
